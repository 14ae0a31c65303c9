using CcSignal.Execution.Journal;

namespace CcSignal.Server.Endpoints;

/// <summary>
/// The first <paramref name="length"/> bytes of a recording that may be growing: an answer that has told its length keeps to it. Owns the file and the use
/// of the recording.
/// </summary>
internal sealed class RecordedBytes(IRecordedFile file, long length, IDisposable use) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer) => Advance(file.Read(buffer[..Within(buffer.Length)], Position));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Advance(await file.ReadAsync(buffer[..Within(buffer.Length)], Position, cancellationToken));

    public override void Flush() => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
            use.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Advance(int read)
    {
        Position += read;
        return read;
    }

    private int Within(int count) => (int)Math.Clamp(length - Position, 0, count);
}
