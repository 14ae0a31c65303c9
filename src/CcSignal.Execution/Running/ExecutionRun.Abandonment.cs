using CcSignal.Execution.History;

namespace CcSignal.Execution.Running;

/// <summary>Ending what nobody follows.</summary>
internal sealed partial class ExecutionRun
{
    // While there was no server nobody could follow: whoever wants to has so long to come back.
    private static readonly TimeSpan ReturnTime = TimeSpan.FromSeconds(10);

    private AbandonClock? WatchFollowers(InheritedExecution? left, long startedAt)
    {
        if (plan.AbandonAfter is not { } patience)
        {
            return null;
        }

        var alone = left is null ? TimeSpan.Zero : Alone(patience, startedAt);
        return new AbandonClock(patience, execution.Followers, time, Stop, followed => NoteFollowed(followed, startedAt), alone);
    }

    private TimeSpan Alone(TimeSpan patience, long startedAt)
    {
        if (_notes.FollowedUntil is not { } until)
        {
            NoteFollowed(false, startedAt); // those who did went with the earlier server
            return TimeSpan.Zero;
        }

        var alone = RanNow(startedAt) - TimeSpan.FromMilliseconds(until);
        var most = patience > ReturnTime ? patience - ReturnTime : TimeSpan.Zero;
        return alone < most ? alone : most;
    }

    private void NoteFollowed(bool followed, long startedAt) =>
        Note(notes => notes with { FollowedUntil = followed ? null : (long)RanNow(startedAt).TotalMilliseconds });

    private TimeSpan RanNow(long startedAt) => Ran(startedAt, time.GetUtcNow().ToUnixTimeMilliseconds());
}
