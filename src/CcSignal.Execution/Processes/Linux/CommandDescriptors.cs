namespace CcSignal.Execution.Processes.Linux;

/// <summary>
/// What a server holds of a running command's standard streams. A process that holds duplicates of all of them keeps the command's streams alive
/// when this one ends.
/// </summary>
internal sealed record CommandDescriptors
{
    /// <summary>The reading end of the pipe that is recorded as standard output.</summary>
    public required int Stdout { get; init; }

    /// <summary>The reading end of standard error's pipe.</summary>
    public required int Stderr { get; init; }

    /// <summary>The writing end of standard input's pipe, O_NONBLOCK; null: the command's input is at its end.</summary>
    public int? Input { get; init; }
}
