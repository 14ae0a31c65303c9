using CcSignal.Execution.History;
using CcSignal.Execution.Journal;
using CcSignal.Execution.Journal.Compression;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CcSignal.Execution.Retention;

/// <summary>Compresses the recordings of what ended some time ago, one after another, the longest ended first; each is tried once. Who reads one meanwhile notices nothing.</summary>
internal sealed partial class CompressionSweep(
    IExecutionStore store,
    TrackedExecutions tracked,
    RecordingUses uses,
    IOptions<JournalOptions> options,
    IOptions<DataDirectoryOptions> directory,
    TimeProvider time,
    ILogger<CompressionSweep> logger)
{
    private const int Batch = 100;

    private readonly string _dataDirectory = directory.Value.Resolve();
    private readonly RecordingCompressor _compressor = new(directory.Value.Resolve(), time);

    /// <summary>Whether it is wanted.</summary>
    public bool IsOn => options.Value.CompressAfterSeconds is not null;

    /// <summary>Clears away what a server that was killed had begun.</summary>
    public void Clear() => _compressor.Clear();

    /// <summary>Compresses all whose time has come; returns how many were tried.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var endedBefore = (time.GetUtcNow() - TimeSpan.FromSeconds(options.Value.CompressAfterSeconds ?? 0)).ToUnixTimeMilliseconds();
        var (tried, before, after, withoutRoom) = (0, 0L, 0L, 0);
        EndedExecution? last = null;
        while (await store.CompressibleAsync(last, endedBefore, Batch, cancellationToken) is { Count: > 0 } some)
        {
            foreach (var execution in some)
            {
                if (_compressor.Free - execution.Bytes < options.Value.MinFreeBytes)
                {
                    withoutRoom++;
                }
                else if (await TryCompressAsync(execution, cancellationToken) is { } bytes)
                {
                    (tried, before, after) = (tried + 1, before + execution.Bytes, after + bytes);
                }
            }

            last = some[^1];
        }

        if (tried > 0)
        {
            Log.Compressed(logger, tried, before, after);
        }

        if (withoutRoom > 0)
        {
            Log.NoRoom(logger, withoutRoom);
        }

        return tried;
    }

    // Null: it stays for now.
    private async Task<long?> TryCompressAsync(EndedExecution execution, CancellationToken cancellationToken)
    {
        var number = execution.Number;
        using var use = tracked.TryGet(number, out _) ? null : uses.TryRead(number);
        if (use is null || await store.GetAsync(number, cancellationToken) is not { Info: var info })
        {
            return null;
        }

        try
        {
            var extent = new JournalExtent(info.Sequence, info.StdoutBytes, info.StderrBytes);
            var bytes = await _compressor.CompressAsync(JournalFiles.Of(_dataDirectory, number), extent, cancellationToken);
            await store.CompressedAsync(number, bytes);
            return bytes;
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Log.NotCompressed(logger, number, fault.Message);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4121, LogLevel.Information, "The recordings of {Count} executions were compressed where that pays: {Before} bytes became {After}.")]
        public static partial void Compressed(ILogger logger, int count, long before, long after);

        [LoggerMessage(4122, LogLevel.Warning, "The recording of execution number {Number} cannot be compressed and stays as it is: {Reason} Tried again at the next sweep.")]
        public static partial void NotCompressed(ILogger logger, long number, string reason);

        [LoggerMessage(4123, LogLevel.Warning, "{Count} recordings are not compressed: the disk has no room for their compressed files beside them. Tried again at the next sweep.")]
        public static partial void NoRoom(ILogger logger, int count);
    }
}
