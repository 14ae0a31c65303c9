namespace CcSignal.Execution.Processes.Linux.Streams;

/// <summary>What this machine offers to commands that write their recording themselves.</summary>
/// <param name="IsProtected">Whether files can be made append-only where recordings lie.</param>
/// <param name="MinFreeBytes">With less room on the disk such a command is ended: nothing else would hold it back.</param>
internal sealed record DirectTerms(bool IsProtected, long MinFreeBytes);
