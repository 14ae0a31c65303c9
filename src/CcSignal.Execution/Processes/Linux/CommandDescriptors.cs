namespace CcSignal.Execution.Processes.Linux;

/// <summary>
/// What a server holds of a running command's standard streams. A process that holds duplicates of all of them keeps the command's streams alive
/// when this one ends.
/// </summary>
internal sealed record CommandDescriptors
{
    /// <summary>The reading end of the pipe that is recorded as standard output; on a terminal, that of its relay pipe.</summary>
    public required int Stdout { get; init; }

    /// <summary>The reading end of standard error's pipe; null: it runs on a terminal.</summary>
    public int? Stderr { get; init; }

    /// <summary>
    /// The writing end of standard input's pipe, O_NONBLOCK; on a terminal, a duplicate of its master, because the loop watches a descriptor only
    /// once. Null: the command's input is at its end.
    /// </summary>
    public int? Input { get; init; }

    /// <summary>The terminal; null: it runs on pipes.</summary>
    public TerminalDescriptors? Terminal { get; init; }
}
