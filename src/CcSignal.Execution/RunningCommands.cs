using CcSignal.Contracts;
using CcSignal.Execution.Admission;
using CcSignal.Execution.Processes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CcSignal.Execution;

/// <summary>What callers can do to a command that runs. Who may see it may do it.</summary>
internal sealed partial class RunningCommands(
    ExecutionService executions, ILauncher launcher, IOptions<ProcessOptions> options, TimeProvider time, ILogger<RunningCommands> logger)
{
    private readonly TimeSpan _patience = TimeSpan.FromSeconds(options.Value.InputPatienceSeconds);

    /// <summary>
    /// Gives it input that begins at this offset, and returns how much was accepted so far, which may be less than was given: the command reads
    /// too slowly, or has not started yet.
    /// </summary>
    /// <exception cref="RefusedException">Its input takes nothing, or not this.</exception>
    public async Task<long> WriteAsync(string? id, long offset, byte[]? data, Caller caller, CancellationToken cancellationToken)
    {
        Demand(offset >= 0, "'offset' must be 0 or more: the bytes of input accepted so far.");
        Demand(data is not null, "'data' is missing: send bytes, perhaps none.");
        Demand(
            data!.Length <= Limits.MaxInputChunkBytes,
            $"'data' has {data.Length} bytes; at most {Limits.MaxInputChunkBytes} are taken at once.");

        var execution = await executions.FindAsync(id, caller, cancellationToken);
        if (await StartedAsync(execution, cancellationToken) is not { } command)
        {
            return 0;
        }

        var input = command.Input ?? throw NotOpen(execution);
        try
        {
            var answer = await input.WriteAsync(offset, data, _patience, cancellationToken);
            return answer.State switch
            {
                InputState.Open => answer.Accepted,
                InputState.Gap => throw Conflict(
                    $"The input of '{id}' has accepted {answer.Accepted} bytes, and 'offset' is {offset}: send those between first."),
                InputState.Closed => throw Conflict($"The input of '{id}' was closed after {answer.Accepted} bytes."),
                _ => throw (execution.Status.Ended ? Ended(execution) : Conflict(
                    $"The command of '{id}' does not read its input any more: it has closed it, or ends; {answer.Accepted} bytes were accepted.")),
            };
        }
        catch (IOException exception)
        {
            throw NotRecorded(exception, execution);
        }
    }

    /// <summary>Ends its input after what was accepted; a repeat is harmless.</summary>
    /// <exception cref="RefusedException">It has none, or does not take the end now.</exception>
    public async Task CloseInputAsync(string? id, Caller caller, CancellationToken cancellationToken)
    {
        var execution = await executions.FindAsync(id, caller, cancellationToken);
        if (execution.Status.Ended)
        {
            return;
        }

        var command = await StartedAsync(execution, cancellationToken) ?? throw NotStarted(execution);
        try
        {
            if (command.Input is { } input && !await input.CloseAsync(_patience, cancellationToken))
            {
                throw new RefusedException(
                    ErrorCodes.Unavailable, $"The input of '{id}' is still taking what was written before, and could not be closed: try again.");
            }
        }
        catch (IOException exception)
        {
            throw NotRecorded(exception, execution);
        }
    }

    /// <summary>Sends a signal to its whole process group.</summary>
    /// <exception cref="RefusedException">There is no such signal, or nothing to send it to.</exception>
    public async Task SignalAsync(string? id, string? signal, Caller caller, CancellationToken cancellationToken)
    {
        var number = SignalNames.NumberOf(signal ?? "");
        Demand(number is not null, $"'{signal}' is no signal: name one as SIGINT, SIGTERM or SIGUSR1.");
        if (!launcher.HasSignals)
        {
            throw new RefusedException(ErrorCodes.Unavailable, $"The launcher '{launcher.Name}' of this server cannot send signals; cancel the command instead.");
        }

        var (execution, command) = await RunningAsync(id, caller, cancellationToken);
        if (command.Process.Exited.IsCompleted)
        {
            throw Ended(execution);
        }

        command.Process.Signal(number!.Value);
    }

    /// <summary>Changes the size of its terminal; the program is told by SIGWINCH.</summary>
    /// <exception cref="RefusedException">That is no size, or it has no terminal.</exception>
    public async Task ResizeAsync(string? id, TerminalSize size, Caller caller, CancellationToken cancellationToken)
    {
        RequestRules.CheckTerminal(size);
        var (execution, command) = await RunningAsync(id, caller, cancellationToken);
        if (execution.Status.Info.Terminal is not { } before)
        {
            throw Conflict($"'{id}' runs on pipes, not on a terminal.");
        }

        command.Process.Resize(size);
        if (size != before)
        {
            execution.Update(info => info with { Terminal = size });
        }
    }

    private async Task<(TrackedExecution Execution, RunningCommand Command)> RunningAsync(string? id, Caller caller, CancellationToken cancellationToken)
    {
        var execution = await executions.FindAsync(id, caller, cancellationToken);
        return execution.Status.Ended ? throw Ended(execution) : (execution, execution.Command ?? throw NotStarted(execution));
    }

    // Null: it still waits in the queue when the patience is over.
    private async Task<RunningCommand?> StartedAsync(TrackedExecution execution, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        while (true)
        {
            var changed = execution.Head.Changed.Next();
            if (execution.Status.Ended)
            {
                throw Ended(execution);
            }

            if (execution.Command is { } command)
            {
                return command;
            }

            try
            {
                await changed.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return null;
            }
        }
    }

    private RefusedException NotRecorded(IOException exception, TrackedExecution execution)
    {
        Log.NotRecorded(logger, exception, execution.Status.Info.Id);
        return new RefusedException(ErrorCodes.Unavailable, "The server cannot record now how much input it accepts; its log says why. Try again.");
    }

    private static RefusedException NotOpen(TrackedExecution execution) =>
        Conflict($"The input of '{execution.Status.Info.Id}' is closed from the start: ask for 'input': 'open' when starting it.");

    private static RefusedException NotStarted(TrackedExecution execution) =>
        Conflict($"'{execution.Status.Info.Id}' has not started yet.");

    private static RefusedException Ended(TrackedExecution execution) =>
        Conflict($"'{execution.Status.Info.Id}' has ended.");

    private static RefusedException Conflict(string message) => new(ErrorCodes.Conflict, message);

    private static void Demand(bool kept, string message)
    {
        if (!kept)
        {
            throw new RefusedException(ErrorCodes.InvalidRequest, message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2501, LogLevel.Error, "How much input execution {ExecutionId} has accepted could not be recorded; the write was refused.")]
        public static partial void NotRecorded(ILogger logger, Exception exception, string executionId);
    }
}
