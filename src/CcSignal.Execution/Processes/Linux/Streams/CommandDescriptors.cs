using CcSignal.Keeper.Wire;

namespace CcSignal.Execution.Processes.Linux.Streams;

/// <summary>
/// What a server holds of a running command's standard streams. A process that holds duplicates of all of them keeps the command's streams alive
/// when this one ends.
/// </summary>
internal sealed record CommandDescriptors
{
    /// <summary>
    /// The reading end of the pipe that is recorded as standard output; on a terminal, that of its relay pipe; the file itself where the command
    /// writes that.
    /// </summary>
    public required int Stdout { get; init; }

    /// <summary>The same for standard error; null: it runs on a terminal.</summary>
    public int? Stderr { get; init; }

    /// <summary>
    /// The writing end of standard input's pipe, O_NONBLOCK; on a terminal, a duplicate of its master, because the loop watches a descriptor only
    /// once. Null: the command's input is at its end.
    /// </summary>
    public int? Input { get; init; }

    /// <summary>The terminal; null: it runs on pipes.</summary>
    public TerminalDescriptors? Terminal { get; init; }

    /// <summary>What a keeper holds of it.</summary>
    public List<HeldDescriptor> ToHold()
    {
        List<HeldDescriptor> held = [new(DescriptorRole.Stdout, Stdout)];
        Add(DescriptorRole.Stderr, Stderr);
        Add(DescriptorRole.Stdin, Input);
        Add(DescriptorRole.TerminalMaster, Terminal?.Master);
        Add(DescriptorRole.RelayWriter, Terminal?.RelayWriter);
        return held;

        void Add(DescriptorRole role, int? descriptor)
        {
            if (descriptor is { } kept)
            {
                held.Add(new HeldDescriptor(role, kept));
            }
        }
    }

    /// <summary>What a keeper held of it; null: not all that is needed to go on.</summary>
    public static CommandDescriptors? Of(IReadOnlyList<HeldDescriptor> held)
    {
        var terminal = Find(DescriptorRole.TerminalMaster) is { } master && Find(DescriptorRole.RelayWriter) is { } relay
            ? new TerminalDescriptors(master, relay)
            : null;
        var stderr = Find(DescriptorRole.Stderr);
        return Find(DescriptorRole.Stdout) is { } stdout && (terminal is null) != (stderr is null)
            ? new CommandDescriptors { Stdout = stdout, Stderr = stderr, Input = Find(DescriptorRole.Stdin), Terminal = terminal }
            : null;

        int? Find(DescriptorRole role) =>
            held.FirstOrDefault(one => one.Role == role) is { Role: not 0 } found ? found.Descriptor : null;
    }
}
