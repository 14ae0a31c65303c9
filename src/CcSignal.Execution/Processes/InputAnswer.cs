namespace CcSignal.Execution.Processes;

/// <summary>What became of a write.</summary>
/// <param name="Accepted">Bytes of input that were accepted so far.</param>
/// <param name="State">How it was taken.</param>
internal readonly record struct InputAnswer(long Accepted, InputState State);
