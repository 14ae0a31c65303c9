namespace CcSignal.Execution.Processes;

/// <summary>Why output is not recorded any more although the command still writes; what it writes from then on is read and thrown away.</summary>
/// <param name="LimitReached">It wrote more than it may; otherwise the recording itself failed.</param>
/// <param name="Message">A sentence for people.</param>
internal sealed record OutputFault(bool LimitReached, string Message);
