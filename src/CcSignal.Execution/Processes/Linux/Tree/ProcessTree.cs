using CcSignal.Execution.History;
using CcSignal.Execution.Processes.Linux.Native;

namespace CcSignal.Execution.Processes.Linux.Tree;

/// <summary>
/// All processes of one execution. With a control group the kernel knows them. Without one they are found by session, group and descent, and by
/// the cookie in their environment, which also those carry who left the session and whose parents are gone.
/// </summary>
internal sealed class ProcessTree(ProcessIdentity root, string cookie, TreeGroups groups, TimeProvider time)
{
    // Longer than the kernel takes to end a process that is not stuck in a device (0.3 s seen under load); who is left then is named.
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FreezePatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ExecMoment = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LastLook = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly string _mark = $"{ProcessCookie.Variable}={cookie}";
    private readonly HashSet<(int ProcessId, long StartTicks)> _stopped = [];
    private readonly HashSet<(int ProcessId, long StartTicks, int Signal)> _asked = [];
    private long? _emptySince;

    /// <summary>Whether nothing of it lives, zombies aside. A search must find nothing twice.</summary>
    public bool IsEmpty => groups.Whole is null ? FindsNothing(Search().Count == 0) : !groups.Whole.IsPopulated;

    /// <summary>Those that live.</summary>
    public IReadOnlyList<TreeProcess> Living() => groups.Whole is null ? Search() : Members();

    /// <summary>Sends a signal once to each that lives; asked again, to those that came since.</summary>
    public void Ask(int signal)
    {
        foreach (var process in Living().Where(process => _asked.Add((process.ProcessId, process.Stat.StartTicks, signal))))
        {
            process.Signal(signal);
        }
    }

    /// <summary>Kills until nothing is left, also those that fork meanwhile or fled from the control group.</summary>
    /// <returns>Those that could not be killed.</returns>
    public async Task<IReadOnlyList<TreeProcess>> KillAsync()
    {
        List<TreeProcess> left = [];
        await Eventually(KillPatience, () =>
        {
            groups.Whole?.Kill();
            left = KillFound();
            return groups.Whole is null ? FindsNothing(left.Count == 0) : left.Count == 0 && !groups.Whole.IsPopulated;
        });
        return left;
    }

    /// <summary>Freezes all of it; false: some could not be stopped in time, and all goes on.</summary>
    public async Task<bool> FreezeAsync()
    {
        groups.Whole?.Freeze(true);
        var frozen = await Eventually(FreezePatience, () => groups.Whole is null ? StopFound() : groups.Whole.IsFrozen);
        if (!frozen)
        {
            Thaw();
        }

        return frozen;
    }

    /// <summary>Lets all of it go on.</summary>
    public void Thaw()
    {
        if (groups.Whole is not null)
        {
            groups.Whole.Freeze(false);
            return;
        }

        // A process that had stopped itself stays so; unless another server froze it, and nobody knows any more.
        foreach (var process in Search().Where(process => _stopped.Count == 0 || _stopped.Contains((process.ProcessId, process.Stat.StartTicks))))
        {
            process.Signal(SignalNames.SIGCONT);
        }

        _stopped.Clear();
    }

    /// <summary>Gives back what was made for it. False: something lives on in it.</summary>
    public bool Release()
    {
        groups.Limits.Release();
        return groups.Whole?.Remove() ?? true;
    }

    /// <summary>What it has used.</summary>
    public ResourceUse Measure()
    {
        var living = Living();
        return new ResourceUse(
            groups.Whole?.CpuTime ?? living.Aggregate(TimeSpan.Zero, (sum, process) => sum + process.Stat.CpuTime),
            groups.Limits.Memory is null ? living.Sum(process => process.Stat.ResidentBytes) : 0,
            groups.Limits.IsOutOfMemory,
            groups.Limits.IsOutOfProcesses);
    }

    private List<TreeProcess> Members() => [.. groups.Whole!.Processes().Select(TreeProcess.Find).OfType<TreeProcess>()];

    // One look at all processes. The group as a whole is killed in one call, because members that fork and end in turn are never seen whole.
    private List<TreeProcess> KillFound()
    {
        var found = Search();
        if (found.Exists(process => process.Stat.ProcessGroup == root.ProcessId))
        {
            _ = Libc.kill(-root.ProcessId, SignalNames.SIGKILL);
        }

        // First all stand still, then all are killed: a parent that sees its child die must not make another.
        found.ForEach(process => process.Signal(SignalNames.SIGSTOP));
        found.ForEach(process => process.Signal(SignalNames.SIGKILL));
        return found;
    }

    private bool StopFound()
    {
        var running = Search().FindAll(process => !process.Stat.IsStopped);
        foreach (var process in running)
        {
            process.Signal(SignalNames.SIGSTOP);
            _stopped.Add((process.ProcessId, process.Stat.StartTicks));
        }

        return running.Count == 0;
    }

    // While a process becomes another program its environment is empty for a moment, and its cookie cannot be seen.
    private bool FindsNothing(bool thisTime)
    {
        lock (_gate)
        {
            _emptySince = thisTime ? _emptySince ?? time.GetTimestamp() : null;
            return _emptySince is { } since && time.GetElapsedTime(since) >= ExecMoment;
        }
    }

    private List<TreeProcess> Search()
    {
        var all = TreeProcess.All();
        var ours = new Dictionary<int, bool>();
        var numberIsOurs = !all.TryGetValue(root.ProcessId, out var leader) || leader.Stat.StartTicks == root.StartTicks;
        return [.. all.Values.Where(process => IsOurs(process.ProcessId))];

        bool IsOurs(int processId)
        {
            if (!all.TryGetValue(processId, out var process) || process.Stat.StartTicks < root.StartTicks)
            {
                return false;
            }

            if (!ours.TryGetValue(processId, out var known))
            {
                ours[processId] = false; // a parent that died while we looked may have given its number to a child
                ours[processId] = known =
                    (numberIsOurs && (process.Stat.Session == root.ProcessId || process.Stat.ProcessGroup == root.ProcessId))
                    || IsOurs(process.Stat.Parent)
                    || process.Carries(_mark);
            }

            return known;
        }
    }

    private async Task<bool> Eventually(TimeSpan patience, Func<bool> holds)
    {
        var began = time.GetTimestamp();
        var wait = FirstLook;
        while (!holds())
        {
            if (time.GetElapsedTime(began) > patience)
            {
                return false;
            }

            await Task.Delay(wait, time);
            wait = wait * 2 > LastLook ? LastLook : wait * 2;
        }

        return true;
    }
}
