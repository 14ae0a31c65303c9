using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace CcSignal.Execution.Journal;

/// <summary>
/// How many bytes of input were accepted, in a file of 8 bytes beside the recording. It is written before the bytes go to the command: after a
/// crash in between they are missing, and never come twice. Owns the file.
/// </summary>
internal sealed class InputMark : IDisposable
{
    private readonly FileStream _file;

    public InputMark(JournalFiles files)
    {
        _file = JournalFiles.OpenForWriting(files.Input);
        Span<byte> mark = stackalloc byte[sizeof(long)];
        var value = RandomAccess.Read(Handle, mark, 0) == mark.Length ? BinaryPrimitives.ReadInt64LittleEndian(mark) : 0;

        // The complement of the count says that it was closed after it.
        Closed = value < 0;
        Accepted = Closed ? ~value : value;
    }

    /// <summary>The bytes accepted, as far as the file says.</summary>
    public long Accepted { get; private set; }

    /// <summary>Whether a client has closed the input.</summary>
    public bool Closed { get; private set; }

    private SafeFileHandle Handle => _file.SafeFileHandle;

    /// <summary>Notes that so many were accepted.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Accept(long count)
    {
        Write(count);
        Accepted = count;
    }

    /// <summary>Notes that no more will be.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Close()
    {
        Write(~Accepted);
        Closed = true;
    }

    public void Dispose() => _file.Dispose();

    private void Write(long value)
    {
        Span<byte> mark = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(mark, value);
        RandomAccess.Write(Handle, mark, 0);
    }
}
