namespace CcSignal.Execution.Processes;

/// <summary>A running process, or why there is none: one of the two is set.</summary>
internal sealed record LaunchResult(IRunningProcess? Process, LaunchFailure? Failure)
{
    public static implicit operator LaunchResult(LaunchFailure failure) => new(null, failure);
}
