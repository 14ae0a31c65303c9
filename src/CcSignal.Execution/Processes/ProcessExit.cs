namespace CcSignal.Execution.Processes;

/// <summary>How a root process ended. Exactly one of code and signal is set, or neither where the system does not tell.</summary>
/// <param name="ExitCode">As the command returned it, 0–255 on Linux.</param>
/// <param name="Signal">The signal's number.</param>
/// <param name="CpuSeconds">User and system time of it and the children it awaited.</param>
/// <param name="MaxRssBytes">Peak resident memory of the largest of them; null where it cannot be told from the server's own.</param>
internal sealed record ProcessExit(int? ExitCode, int? Signal, double? CpuSeconds = null, long? MaxRssBytes = null);
