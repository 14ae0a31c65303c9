namespace CcSignal.Contracts;

/// <summary>The size of a terminal in characters, each 1–65,535 (<c>struct winsize</c>, ioctl_tty(2)).</summary>
/// <param name="Columns">Characters in a line.</param>
/// <param name="Rows">Lines.</param>
public sealed record TerminalSize(int Columns, int Rows);
