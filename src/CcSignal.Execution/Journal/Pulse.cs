namespace CcSignal.Execution.Journal;

/// <summary>
/// Wakes everyone who waits at this moment. Ask for <see cref="Next"/> first, look at the state then, and await last: so no change is
/// missed. Costs nothing while nobody waits.
/// </summary>
internal sealed class Pulse
{
    private TaskCompletionSource? _waiting;

    /// <summary>Completes at the next <see cref="Fire"/>.</summary>
    public Task Next()
    {
        var waiting = Volatile.Read(ref _waiting);
        if (waiting is null)
        {
            var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting = Interlocked.CompareExchange(ref _waiting, mine, null) ?? mine;
        }

        return waiting.Task;
    }

    /// <summary>Wakes them; never runs their code on the caller's thread.</summary>
    public void Fire() => Interlocked.Exchange(ref _waiting, null)?.TrySetResult();
}
