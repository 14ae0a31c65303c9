using System.Buffers.Binary;
using System.Net.Http.Headers;
using CcSignal.Client;
using CcSignal.Contracts;

namespace CcSignal.Cli.Exporting;

/// <summary>
/// When each piece of a recording came. Events join neighbours and have the time of the first; the index (docs/journal.md) knows them all, and is fetched as far
/// as it is needed. It owns <paramref name="http"/>.
/// </summary>
/// <param name="http">To the server, with what opens it.</param>
/// <param name="client">Waits for the server where a fetch is cut.</param>
/// <param name="id">The execution.</param>
internal sealed class PieceTimes(HttpClient http, CcSignalClient client, string id) : IDisposable
{
    private const int RecordBytes = 24;
    private const int BlockRecords = 16 * 1024;
    private const int Attempts = 5;
    private const int FlagsAt = 23;
    private const long LengthBits = 0x00FF_FFFF_FFFF_FFFF;
    private const int MicrosecondsPerMillisecond = 1000;

    private byte[] _block = [];
    private long _blockFirst = 1;
    private long _next = 1;
    private long _known;

    /// <summary>The first piece since a moment; the one after the last if there is none yet.</summary>
    public async Task<long> FindAsync(long sinceMilliseconds, CancellationToken cancellationToken)
    {
        var (low, high) = (1L, (await client.GetAsync(id, cancellationToken)).Sequence + 1);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (Read(await FetchAsync(middle, 1, cancellationToken)).At < sinceMilliseconds)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>An output event as its pieces, each with its own time; those of one millisecond together. Another event is itself.</summary>
    public async Task<IReadOnlyList<ExecutionEvent>> SplitAsync(ExecutionEvent item, CancellationToken cancellationToken)
    {
        _known = Math.Max(_known, item.Info?.Sequence ?? item.Sequence ?? 0);
        if (item is not { Kind: EventKind.Output, Data: { } data, Offset: { } offset, Sequence: { } last })
        {
            return [item];
        }

        var pieces = new List<ExecutionEvent>();
        for (var sequence = Math.Max(_next, last - data.Length + 1); sequence <= last; sequence++)
        {
            var record = await RecordAsync(sequence, cancellationToken);
            if (record.Stream != item.Stream || record.Offset < offset)
            {
                continue; // before it, in an event that was not seen
            }

            var bytes = data.Slice((int)(record.Offset - offset), record.Length);
            var joined = pieces is [.., { } before] && before.At == record.At ? before : null;
            var piece = item with { Sequence = sequence, At = record.At, Offset = joined?.Offset ?? record.Offset };
            if (joined is not null)
            {
                pieces.RemoveAt(pieces.Count - 1);
                bytes = data.Slice((int)(joined.Offset!.Value - offset), joined.Data!.Value.Length + bytes.Length);
            }

            pieces.Add(piece with { Data = bytes });
        }

        _next = last + 1;
        return pieces;
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private async ValueTask<Record> RecordAsync(long sequence, CancellationToken cancellationToken)
    {
        if (sequence < _blockFirst || sequence >= _blockFirst + (_block.Length / RecordBytes))
        {
            _block = await FetchAsync(sequence, Math.Clamp(_known - sequence + 1, 1, BlockRecords), cancellationToken);
            _blockFirst = sequence;
        }

        return Read(_block.AsSpan((int)(sequence - _blockFirst) * RecordBytes, RecordBytes));
    }

    private static Record Read(ReadOnlySpan<byte> record) => new(
        BinaryPrimitives.ReadInt64LittleEndian(record) / MicrosecondsPerMillisecond,
        (record[FlagsAt] & 1) == 0 ? OutputStream.Stdout : OutputStream.Stderr,
        BinaryPrimitives.ReadInt64LittleEndian(record[8..]),
        (int)(BinaryPrimitives.ReadInt64LittleEndian(record[16..]) & LengthBits));

    private async Task<byte[]> FetchAsync(long first, long count, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await FetchOnceAsync((first - 1) * RecordBytes, count * RecordBytes, cancellationToken);
            }
            catch (Exception error) when (error is HttpRequestException { StatusCode: null } or IOException && attempt < Attempts)
            {
                await client.GetAsync(id, cancellationToken); // an answer: the server is back
            }
            catch (HttpRequestException error)
            {
                throw new IOException($"The times of '{id}' cannot be fetched: {error.Message}", error);
            }
        }
    }

    private async Task<byte[]> FetchOnceAsync(long from, long count, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"executions/{id}/index");
        request.Headers.Range = new RangeHeaderValue(from, from + count - 1);
        using var response = await http.SendAsync(request, cancellationToken);
        var records = await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancellationToken);
        return records.Length == count ? records : throw new IOException($"The index of '{id}' ends before piece {(from + count) / RecordBytes}.");
    }

    private readonly record struct Record(long At, OutputStream Stream, long Offset, int Length);
}
