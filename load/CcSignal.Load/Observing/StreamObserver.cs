using System.Diagnostics;
using System.Security.Cryptography;
using CcSignal.Contracts;
using CcSignal.Load.Measuring;

namespace CcSignal.Load.Observing;

/// <summary>Reads a stream of events and checks each against those before it: sequence, offsets, one end and nothing after it.</summary>
internal sealed class StreamObserver(string executionId, bool keepOutput = false) : IDisposable
{
    private const int HeadBytes = 1024;

    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly MemoryStream _stdout = new();
    private readonly MemoryStream _stdoutHead = new();
    private readonly MemoryStream _stderrHead = new();
    private readonly LatencyHistogram _gaps = new();
    private readonly long[] _offsets = new long[2];
    private ExecutionInfo? _ended;
    private TimeSpan? _first;
    private TimeSpan? _last;
    private long _sequence;
    private long _items;
    private long _outOfOrder;
    private long _lost;
    private long _doubled;

    /// <summary>Bytes of standard output so far.</summary>
    public long StdoutBytes => _offsets[0];

    /// <summary>The last sequence seen.</summary>
    public long Sequence => _sequence;

    /// <summary>Reads a whole stream. What it throws is part of what was observed.</summary>
    public async Task<Observation> ReadAsync(IAsyncEnumerable<ExecutionEvent> events, Action<ExecutionEvent>? seen = null)
    {
        Exception? error = null;
        try
        {
            await foreach (var item in events)
            {
                Add(item);
                seen?.Invoke(item);
            }
        }
        catch (Exception exception)
        {
            error = exception;
        }

        return Close(error);
    }

    public void Add(ExecutionEvent item)
    {
        _outOfOrder += _ended is null ? 0 : 1;
        switch (item.Kind)
        {
            case EventKind.Output:
                AddOutput(item);
                break;
            case EventKind.Gap:
                _lost += item.Bytes ?? 0;
                _offsets[(int)item.Stream!] += item.Bytes ?? 0;
                break;
            case EventKind.Ended:
                _ended = item.Info;
                break;
        }
    }

    public Observation Close(Exception? error = null)
    {
        var missing = _ended is null ? 0 : Math.Max(0, _ended.StdoutBytes - _offsets[0]) + Math.Max(0, _ended.StderrBytes - _offsets[1]);
        return new()
        {
            ExecutionId = executionId,
            Info = _ended,
            Error = error,
            Sha256 = Convert.ToHexStringLower(_hash.GetHashAndReset()),
            StdoutBytes = _offsets[0],
            StderrBytes = _offsets[1],
            StdoutHead = _stdoutHead.ToArray(),
            StderrHead = _stderrHead.ToArray(),
            Stdout = _stdout.ToArray(),
            FirstOutput = _first,
            LastOutput = _last,
            Total = Stopwatch.GetElapsedTime(_began),
            Gaps = _gaps,
            Items = _items,
            OrderViolations = _outOfOrder,
            LostBytes = _lost + missing,
            DoubledBytes = _doubled,
        };
    }

    public void Dispose()
    {
        _hash.Dispose();
        _stdout.Dispose();
        _stdoutHead.Dispose();
        _stderrHead.Dispose();
    }

    private void AddOutput(ExecutionEvent item)
    {
        var now = Stopwatch.GetElapsedTime(_began);
        if (_last is { } last)
        {
            _gaps.Record(now - last);
        }

        _first ??= now;
        _last = now;
        _items++;
        _outOfOrder += item.Sequence > _sequence ? 0 : 1;
        _sequence = Math.Max(_sequence, item.Sequence ?? 0);
        Place(item);
        var data = item.Data!.Value.Span;
        if (item.Stream == OutputStream.Stdout)
        {
            _hash.AppendData(data);
            Keep(_stdoutHead, data);
            if (keepOutput)
            {
                _stdout.Write(data);
            }
        }
        else
        {
            Keep(_stderrHead, data);
        }
    }

    private void Place(ExecutionEvent item)
    {
        ref var expected = ref _offsets[(int)item.Stream!];
        var offset = item.Offset!.Value;
        var length = item.Data!.Value.Length;
        _lost += Math.Max(0, offset - expected);
        _doubled += Math.Clamp(expected - offset, 0, length);
        expected = Math.Max(expected, offset + length);
    }

    private static void Keep(MemoryStream head, ReadOnlySpan<byte> data) => head.Write(data[..Math.Min(data.Length, HeadBytes - (int)head.Length)]);
}
