using Microsoft.Win32.SafeHandles;

namespace CcSignal.Execution.Journal;

/// <summary>A file as it was written, perhaps still growing. Owns its handle.</summary>
internal sealed class PlainFile(SafeFileHandle file, string path) : IRecordedFile
{
    public string Path => path;

    public long Length => RandomAccess.GetLength(file);

    public int Read(Span<byte> buffer, long position) => RandomAccess.Read(file, buffer, position);

    public ValueTask<int> ReadAsync(Memory<byte> buffer, long position, CancellationToken cancellationToken) =>
        RandomAccess.ReadAsync(file, buffer, position, cancellationToken);

    public void Rest()
    {
    }

    public void Dispose() => file.Dispose();
}
