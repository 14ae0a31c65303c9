using CcSignal.Contracts;

namespace CcSignal.Execution;

/// <summary>Why we stop an execution: it becomes its end, whatever exit code the command answers with.</summary>
/// <param name="Cause">The cause of the end.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="By">Who asked for it.</param>
/// <param name="Code">What exactly, where the cause does not say it all.</param>
internal sealed record StopReason(EndCause Cause, string? Message = null, string? By = null, string? Code = null);
