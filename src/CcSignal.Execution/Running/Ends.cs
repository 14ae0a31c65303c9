using CcSignal.Contracts;
using CcSignal.Execution.Processes;

namespace CcSignal.Execution.Running;

/// <summary>Turns what is known of an end into what is told of it.</summary>
internal static class Ends
{
    /// <summary>It could not be started.</summary>
    public static ExecutionEnd StartFailed(LaunchFailure failure) => new()
    {
        Cause = EndCause.StartFailed,
        Code = failure.Code,
        Message = failure.Message,
        Retryable = failure.Code == EndCodes.NoResources,
    };

    /// <summary>The server died while it started it.</summary>
    public static ExecutionEnd StartInterrupted() => new()
    {
        Cause = EndCause.Lost,
        Code = EndCodes.StartInterrupted,
        Message = "The server ended while it started the command, which may have run.",
    };

    /// <summary>It went on when an earlier server ended, and nobody held its pipes.</summary>
    public static readonly StopReason NotRecorded = new(EndCause.Lost, "An earlier server ended, and nobody held its pipes: what it wrote since then is not recorded.");

    /// <summary>It ended by itself.</summary>
    public static ExecutionEnd Exited(ProcessExit exit) => exit switch
    {
        { Signal: { } signal } => new ExecutionEnd { Cause = EndCause.Signaled, Signal = SignalNames.NameOf(signal) },
        { ExitCode: { } code } => new ExecutionEnd { Cause = EndCause.Exited, ExitCode = code },
        _ => new ExecutionEnd { Cause = EndCause.Exited, Code = EndCodes.ExitStatusUnknown },
    };

    /// <summary>We ended it: what we did is the cause, how the command answered stands beside it.</summary>
    public static ExecutionEnd Stopped(StopReason reason, ProcessExit? exit) => new()
    {
        Cause = reason.Cause,
        By = reason.By,
        Code = reason.Code,
        Message = reason.Message,
        ExitCode = exit?.ExitCode,
        Signal = exit?.Signal is { } signal ? SignalNames.NameOf(signal) : null,
    };
}
