using CcSignal.Contracts;
using CcSignal.Execution.Processes;

namespace CcSignal.Execution.Running;

/// <summary>What is done to a running execution from outside: by callers, clocks and limits, and by a server that stops.</summary>
internal sealed partial class ExecutionRun
{
    private Task<IReadOnlyList<string>>? _stopping;
    private Task _pausing = Task.CompletedTask;

    /// <summary>
    /// Asks for its end: the signals of the plan, each with its patience, then a kill. The first reason is the cause of the end; a repeat is
    /// harmless. One that comes after the root ended by itself only cuts the wait for its descendants short.
    /// </summary>
    public void Stop(StopReason reason)
    {
        lock (_gate)
        {
            if (_process?.Exited.IsCompleted == true)
            {
                // It ended by itself, and that is its end; but nobody wants to wait for its descendants any more.
                _teardown!.Cut();
                return;
            }

            if (_notes.Stop is not null)
            {
                return;
            }

            Note(notes => notes with { Stop = reason });
            if (_process is not null)
            {
                _stopping = _teardown!.StopAsync();
                if (_notes.PausedAt is not null)
                {
                    // The polite signal waits for those that are frozen: now they may answer it.
                    _process.Resume();
                }
            }
        }
    }

    /// <summary>Cuts every patience short: what still runs is killed.</summary>
    public void Kill()
    {
        lock (_gate)
        {
            _teardown?.Cut();
        }
    }

    /// <summary>Freezes all of it, and its clocks; a repeat is harmless.</summary>
    /// <exception cref="RefusedException">It does not run, is being stopped, or cannot be frozen.</exception>
    public Task PauseAsync() => InTurn(FreezeAsync);

    /// <summary>Lets it go on, with its clocks; a repeat is harmless.</summary>
    /// <exception cref="RefusedException">It does not run.</exception>
    public Task ResumeAsync() => InTurn(ThawAsync);

    private Task InTurn(Func<IRunningProcess, Task> change)
    {
        lock (_gate)
        {
            return _pausing = AfterAsync(_pausing, change);
        }
    }

    private async Task AfterAsync(Task earlier, Func<IRunningProcess, Task> change)
    {
        // Whoever asked for the earlier change has its outcome.
        await Task.WhenAny(earlier);
        await change(Running());
    }

    private IRunningProcess Running()
    {
        lock (_gate)
        {
            return _process is null ? throw Refused("it has not started")
                : _process.Exited.IsCompleted ? throw Refused("its command has ended")
                : _notes.Stop is not null ? throw Refused("it is being stopped")
                : _process;
        }
    }

    private async Task FreezeAsync(IRunningProcess process)
    {
        if (_notes.PausedAt is not null)
        {
            return;
        }

        if (!await process.PauseAsync())
        {
            throw new RefusedException(ErrorCodes.Unavailable, "It could not be paused: some of its processes did not stop. It runs on.");
        }

        _clocks?.Stand();
        lock (_gate)
        {
            if (_notes.Stop is not null)
            {
                process.Resume();
                throw Refused("it is being stopped");
            }

            Note(notes => notes with { PausedAt = time.GetUtcNow().ToUnixTimeMilliseconds() });
        }

        await TellStateAsync(ExecutionState.Paused);
    }

    private async Task ThawAsync(IRunningProcess process)
    {
        if (_notes.PausedAt is not { } since)
        {
            return;
        }

        process.Resume();
        _clocks?.Go();
        var paused = Math.Max(0, time.GetUtcNow().ToUnixTimeMilliseconds() - since);
        Note(notes => notes with { PausedAt = null, PausedMilliseconds = notes.PausedMilliseconds + paused });
        await TellStateAsync(ExecutionState.Running);
    }

    private async Task TellStateAsync(ExecutionState state)
    {
        await store.PausedAsync(claim.Number, claim.Token, paused: state == ExecutionState.Paused);
        execution.Update(info => info with { State = state });
    }

    private void Tell(Notice notice)
    {
        Note(notes => notes with { Notices = [.. notes.Notices, notice] });
        execution.Tell(notice);
    }

    // What cannot be noted is done nevertheless: only a server that takes over would know less.
    private void Note(Func<RunNotes, RunNotes> change)
    {
        lock (_gate)
        {
            _notes = change(_notes);
            try
            {
                _notes.Save(execution.Files);
            }
            catch (IOException exception)
            {
                Log.NotNoted(logger, claim.Info.Id, exception.Message);
            }
        }
    }

    private static RefusedException Refused(string why) => new(ErrorCodes.Conflict, $"It cannot be done to this execution: {why}.");
}
