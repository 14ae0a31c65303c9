using CcSignal.Execution.Admission;
using CcSignal.Execution.Processes;

namespace CcSignal.Execution.Running;

/// <summary>
/// The way of a command's processes to their end: politely by the plan's signals, each with its patience, then by force, until nothing of the tree
/// is found any more. After a root that ended by itself its descendants have a grace first.
/// </summary>
internal sealed class Teardown(IRunningProcess process, ExecutionPlan plan, TimeProvider time)
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LastLook = TimeSpan.FromMilliseconds(50);

    private readonly TaskCompletionSource _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends every patience now: what waits goes on to the kill.</summary>
    public void Cut() => _cut.TrySetResult();

    /// <summary>Stops all of it. The first signal is sent before this returns.</summary>
    /// <returns>What could not be killed.</returns>
    public async Task<IReadOnlyList<string>> StopAsync()
    {
        foreach (var step in plan.Stop)
        {
            process.Signal(step.Signal);

            // A stopped process answers no signal but this one and the kill.
            process.Signal(SignalNames.SIGCONT);
            if (await GoesWithinAsync(step.Patience))
            {
                return [];
            }
        }

        return await process.KillAsync();
    }

    /// <summary>After the root has ended by itself: waits for the others and their output as long as the plan says, then kills them.</summary>
    public async Task<Leftovers> SettleAsync()
    {
        if (plan.KeepLeftovers)
        {
            await HoldsWithinAsync(() => process.OutputEnded.IsCompleted, plan.DrainGrace);
            return Leftovers.None;
        }

        if (await HoldsWithinAsync(() => process.OutputEnded.IsCompleted && process.IsGone, plan.DrainGrace))
        {
            return Leftovers.None;
        }

        var found = process.Living();
        return new Leftovers(found, await process.KillAsync());
    }

    /// <summary>Waits until the output is at its end: what was killed holds it no more, but somebody outside the tree may.</summary>
    public async Task EndOutputAsync()
    {
        if (!await HoldsWithinAsync(() => process.OutputEnded.IsCompleted, plan.DrainGrace))
        {
            process.AbandonOutput();
        }

        await process.OutputEnded;
    }

    private async Task<bool> GoesWithinAsync(TimeSpan patience)
    {
        var began = time.GetTimestamp();
        if (!await HoldsWithinAsync(() => process.Exited.IsCompleted, patience))
        {
            return false;
        }

        // The signal went to the root's group, and the root obeyed. Those who left the group have not heard of it; and shells let their
        // background jobs ignore SIGINT.
        return await HoldsWithinAsync(
            () =>
            {
                process.SignalAll(SignalNames.SIGTERM);
                return process.IsGone;
            },
            patience - time.GetElapsedTime(began));
    }

    // Two of the three facts that are waited for wake us; whether a tree is empty nobody tells in time (cgroup.events comes every 10 ms at most).
    private async Task<bool> HoldsWithinAsync(Func<bool> holds, TimeSpan patience)
    {
        var began = time.GetTimestamp();
        var wait = FirstLook;
        while (!holds())
        {
            var left = patience - time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero || _cut.Task.IsCompleted)
            {
                return false;
            }

            using var woken = new CancellationTokenSource();
            await Task.WhenAny([Task.Delay(wait < left ? wait : left, time, woken.Token), _cut.Task, .. Pending()]);
            await woken.CancelAsync();
            wait = wait * 2 > LastLook ? LastLook : wait * 2;
        }

        return true;
    }

    private IEnumerable<Task> Pending() => new[] { process.Exited, process.OutputEnded }.Where(task => !task.IsCompleted);
}
