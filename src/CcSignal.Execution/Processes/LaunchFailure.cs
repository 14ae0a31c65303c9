namespace CcSignal.Execution.Processes;

/// <summary>Why a command could not be started.</summary>
/// <param name="Code">One of <see cref="Contracts.EndCodes"/>.</param>
/// <param name="Message">A sentence for people.</param>
internal sealed record LaunchFailure(string Code, string Message);
