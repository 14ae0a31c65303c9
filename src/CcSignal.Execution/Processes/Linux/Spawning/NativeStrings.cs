using System.Runtime.InteropServices;
using System.Text;

namespace CcSignal.Execution.Processes.Linux.Spawning;

/// <summary>A null-terminated array of strings as execve(2) takes it: one block, the pointers first, then the bytes. Owns the block.</summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    private byte** _block;

    public NativeStrings(IReadOnlyCollection<string> strings)
    {
        var bytes = 0;
        foreach (var value in strings)
        {
            bytes += Encoding.UTF8.GetByteCount(value) + 1;
        }

        var table = (strings.Count + 1) * sizeof(byte*);
        _block = (byte**)NativeMemory.Alloc((nuint)(table + bytes));
        var text = new Span<byte>((byte*)_block + table, bytes);
        var next = (byte*)_block + table;
        var index = 0;
        foreach (var value in strings)
        {
            var length = Encoding.UTF8.GetBytes(value, text);
            text[length] = 0;
            _block[index++] = next;
            next += length + 1;
            text = text[(length + 1)..];
        }

        _block[index] = null;
    }

    /// <summary>The array.</summary>
    public byte** Pointer => _block;

    public void Dispose()
    {
        NativeMemory.Free(_block);
        _block = null;
    }
}
