using CcSignal.Contracts;

namespace CcSignal.Execution.Journal.Compression;

/// <summary>
/// Compresses the files of a recording that has ended, each by itself where that pays. A file is written beside the recordings, has all its bytes on the disk
/// when it comes to its place by name, and only then the plain one goes: killed at any moment, one of them is there whole. Who has the plain one open keeps it.
/// One recording at a time.
/// </summary>
internal sealed class RecordingCompressor(string dataDirectory, TimeProvider time)
{
    /// <summary>Files with less stay as they are.</summary>
    public const int LeastBytes = 16 * 1024;

    private readonly string _begun = Path.Combine(dataDirectory, "journal", "compressing");
    private readonly WorkPace _pace = new(time);

    /// <summary>Removes what a server that was killed had begun.</summary>
    public void Clear()
    {
        if (File.Exists(_begun))
        {
            File.Delete(_begun);
        }
    }

    /// <summary>Bytes that may still be written on the disk.</summary>
    public long Free => new DriveInfo(dataDirectory).AvailableFreeSpace;

    /// <summary>Compresses what is worth it; returns what the recording has on the disk afterwards.</summary>
    /// <param name="files">The recording.</param>
    /// <param name="extent">How far it goes; what a file has beyond is left out.</param>
    /// <param name="cancellationToken">Ends the work; what was not done stays as it is.</param>
    public async Task<long> CompressAsync(JournalFiles files, JournalExtent extent, CancellationToken cancellationToken)
    {
        var bytes = 0L;
        foreach (var (path, recorded) in new[]
        {
            (files.Of(OutputStream.Stdout), extent.StdoutBytes),
            (files.Of(OutputStream.Stderr), extent.StderrBytes),
            (files.Index, extent.Sequence * IndexRecord.Size),
        })
        {
            await TryCompressAsync(path, recorded, cancellationToken);
            bytes += StoredBytes(path) ?? StoredBytes(CompressedFile.PathOf(path)) ?? 0;
        }

        return bytes;
    }

    private async Task TryCompressAsync(string path, long recorded, CancellationToken cancellationToken)
    {
        // One that was cut stays as it is: readers are told how far it goes.
        if (recorded < LeastBytes || StoredBytes(path) is not { } stored || stored < recorded)
        {
            return;
        }

        _pace.Begin();
        using var compressor = new FileCompressor(path, recorded);
        if (!compressor.IsWorthTrying())
        {
            return;
        }

        try
        {
            if (await WriteAsync(compressor, cancellationToken))
            {
                File.Move(_begun, CompressedFile.PathOf(path), overwrite: true);
                File.Delete(path);
            }
        }
        finally
        {
            File.Delete(_begun);
        }
    }

    private async Task<bool> WriteAsync(FileCompressor compressor, CancellationToken cancellationToken)
    {
        await using var target = JournalFiles.OpenForWriting(_begun);
        target.SetLength(0);
        return await compressor.TryWriteAsync(target.SafeFileHandle, () => _pace.RestAsync(cancellationToken));
    }

    private static long? StoredBytes(string path) => new FileInfo(path) is { Exists: true, Length: var length } ? length : null;
}
