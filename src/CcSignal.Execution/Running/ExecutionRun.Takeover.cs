using CcSignal.Contracts;
using CcSignal.Execution.History;
using CcSignal.Execution.Journal;
using CcSignal.Execution.Processes;

namespace CcSignal.Execution.Running;

/// <summary>Going on with what an earlier server started.</summary>
internal sealed partial class ExecutionRun
{
    private static readonly TimeSpan ReadingTime = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Goes on with what an earlier server started, to the same end. When it returns its task, the recording is whole and the process is followed.
    /// </summary>
    public async Task ContinueAsync(InheritedExecution left)
    {
        var (end, exit) = await AdoptAndFollowAsync(left);
        await EndAsync(end, exit);
    }

    private async Task<(ExecutionEnd End, ProcessExit? Exit)> AdoptAndFollowAsync(InheritedExecution left)
    {
        using var journal = await OpenOrDiscardAsync(left);
        var process = launcher.Adopt(new AdoptSpec
        {
            Number = left.Number,
            Known = left.Process,
            Cookie = cookie,
            OutputFiles = execution.Files.IsDirect ? execution.Files : null,
            Journal = journal,
            MaxOutputBytes = plan.MaxOutputBytes,
            DiskPatience = new DiskPatience(plan.DiskPatience, time, TellDisk),
        }) ?? throw new InvalidOperationException("Nothing of it is there.");
        lock (_gate)
        {
            _notes = RunNotes.Load(execution.Files);
            _process = process;
            _teardown = new Teardown(process, plan, time);
            if (_notes.Stop is not null)
            {
                // The earlier server did not come to the end of its patience: what it began is begun again.
                _stopping = _teardown.StopAsync();
            }
        }

        if (!process.IsRecorded)
        {
            Tell(new Notice(NoticeCodes.OutputLost, "An earlier server ended, and nobody held its pipes: what it writes since then is not recorded."));
        }

        return process.Identity.ProcessId == ProcessTable.NoProcess ? await EndInterruptedAsync(process) : await FollowOrKillAsync(process, left);
    }

    // What cannot be recorded must not run on.
    private async Task<JournalWriter> OpenOrDiscardAsync(InheritedExecution left)
    {
        try
        {
            return new JournalWriter(execution.Files, execution.Head, time);
        }
        catch (IOException)
        {
            await launcher.DiscardAsync(left.Number, left.Process, cookie);
            throw;
        }
    }

    // The earlier server died while it started the command: what it may have begun is ended, what it may have written is kept.
    private async Task<(ExecutionEnd End, ProcessExit? Exit)> EndInterruptedAsync(IRunningProcess process)
    {
        await process.KillAsync();
        process.Begin();
        await _teardown!.EndOutputAsync();
        process.Input?.Dispose();
        process.Release();
        return (Ends.StartInterrupted(), null);
    }

    // No clock lives as long as the servers do but the machine's own.
    private TimeSpan Ran(long startedAt, long now) =>
        TimeSpan.FromMilliseconds(Math.Max(0, (_notes.PausedAt ?? now) - startedAt - _notes.PausedMilliseconds));

    private TimeSpan Silent(long startedAt, long now)
    {
        var silent = TimeSpan.FromMilliseconds(Math.Max(0, (_notes.PausedAt ?? now) - Math.Max(startedAt, execution.Head.Extent.LastMicroseconds / 1000)));

        // What it wrote while there was no server is still in its pipe: it breaks the silence as soon as it is read.
        return plan.IdleTimeout is { } limit && silent > limit - ReadingTime ? limit - ReadingTime : silent;
    }
}
