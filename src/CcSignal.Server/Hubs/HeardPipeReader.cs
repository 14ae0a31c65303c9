using System.IO.Pipelines;

namespace CcSignal.Server.Hubs;

/// <summary>Reads through and knows for how long it has waited for the peer. While the server itself is busy, it does not count as the peer's silence.</summary>
internal sealed class HeardPipeReader(PipeReader inner, TimeProvider time) : PipeReader
{
    private const long NotWaiting = long.MinValue;
    private long _waitingSince = NotWaiting;

    public TimeSpan Silence => Volatile.Read(ref _waitingSince) is var since and not NotWaiting ? time.GetElapsedTime(since) : TimeSpan.Zero;

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (inner.TryRead(out var ready))
        {
            return ready;
        }

        Volatile.Write(ref _waitingSince, time.GetTimestamp());
        var result = await inner.ReadAsync(cancellationToken);
        Volatile.Write(ref _waitingSince, NotWaiting);
        return result;
    }

    public override bool TryRead(out ReadResult result) => inner.TryRead(out result);

    public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.AdvanceTo(consumed, examined);

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);
}
