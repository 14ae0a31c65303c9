namespace CcSignal.Execution.Processes.Linux.Streams;

/// <summary>What a server holds of a terminal, beside the reading end of its relay pipe.</summary>
/// <param name="Master">The terminal's master, O_NONBLOCK.</param>
/// <param name="RelayWriter">The writing end of the pipe into which its output is moved.</param>
internal sealed record TerminalDescriptors(int Master, int RelayWriter);
