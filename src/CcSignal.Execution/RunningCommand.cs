using CcSignal.Execution.Processes;

namespace CcSignal.Execution;

/// <summary>What callers can reach of a command while it runs. Its execution's run owns both.</summary>
/// <param name="Process">The process.</param>
/// <param name="Input">Its standard input; null: it is closed from the start.</param>
internal sealed record RunningCommand(IRunningProcess Process, CommandInput? Input);
