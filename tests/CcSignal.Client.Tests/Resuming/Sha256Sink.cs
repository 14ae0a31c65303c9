using System.Security.Cryptography;
using CcSignal.Contracts;

namespace CcSignal.Client.Tests.Resuming;

/// <summary>Reads an execution as a caller does who wants every byte once, and fails at the first that is lost, doubled or exchanged.</summary>
internal sealed class Sha256Sink : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int _ends;

    /// <summary>The bytes of standard output so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>How it ended.</summary>
    public ExecutionEnd? End { get; private set; }

    /// <summary>The hash of standard output, when it is all there.</summary>
    public async Task<string> ReadAsync(IAsyncEnumerable<ExecutionEvent> events, Action<long>? heard = null)
    {
        var sequence = 0L;
        await foreach (var item in events)
        {
            _ends.ShouldBe(0, "nothing comes after the end");
            if (item.Kind == EventKind.Output)
            {
                item.Sequence!.Value.ShouldBeGreaterThan(sequence);
                item.Offset.ShouldBe(Bytes);
                (sequence, Bytes) = (item.Sequence.Value, Bytes + item.Data!.Value.Length);
                _hash.AppendData(item.Data.Value.Span);
                heard?.Invoke(Bytes);
            }

            if (item.Kind == EventKind.Ended)
            {
                _ends++;
                End = item.Info!.End;
                item.Info.StdoutBytes.ShouldBe(Bytes);
            }
        }

        _ends.ShouldBe(1);
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public void Dispose() => _hash.Dispose();
}
