namespace CcSignal.Server.Endpoints;

/// <summary>The first <paramref name="length"/> bytes of a recording that may be growing: an answer that has told its length keeps to it. Owns the use of it.</summary>
internal sealed class RecordedBytes(string path, long length, IDisposable use) : Stream
{
    private readonly FileStream _file = new(
        path,
        new FileStreamOptions
        {
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0, // who copies from here brings a buffer of 64 KiB
            Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
        });

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _file.Position;
        set => _file.Position = value;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer) => _file.Read(buffer[..Within(buffer.Length)]);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _file.ReadAsync(buffer[..Within(buffer.Length)], cancellationToken);

    public override void Flush() => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        use.Dispose();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
            use.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Within(int count) => (int)Math.Clamp(length - Position, 0, count);
}
