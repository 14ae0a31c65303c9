namespace CcSignal.Cli.Terminal;

/// <summary>Whoever read this program's output has left (EPIPE).</summary>
internal sealed class OutputClosedException() : IOException("The reader of this program's output went away.");
