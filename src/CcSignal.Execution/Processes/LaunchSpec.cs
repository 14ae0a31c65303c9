using CcSignal.Contracts;
using CcSignal.Execution.Journal;

namespace CcSignal.Execution.Processes;

/// <summary>All that a launcher needs; nothing is left to decide.</summary>
internal sealed record LaunchSpec
{
    /// <summary>The execution's key: names its control group, and what a keeper holds for it.</summary>
    public required long Number { get; init; }

    /// <summary>The executable, an absolute path.</summary>
    public required string Path { get; init; }

    /// <summary>What the program finds as its own name, argv[0]: the command as requested.</summary>
    public required string Name { get; init; }

    /// <summary>The arguments after the name; no NUL in any.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>An absolute path.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The whole environment, with the <see cref="ProcessCookie"/>; nothing is added.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Whether standard input is a pipe that is written to; otherwise it is at its end from the start.</summary>
    public bool OpenInput { get; init; }

    /// <summary>The size of the terminal it runs on; null: it runs on pipes.</summary>
    public TerminalSize? Terminal { get; init; }

    /// <summary>Limits of the tree; those that <see cref="ILauncher.Limits"/> does not name are not in force.</summary>
    public ResourceLimits Limits { get; init; } = new();

    /// <summary>What is different from the server's own: user, umask, privileges.</summary>
    public Confinement Confinement { get; init; } = Confinement.None;

    /// <summary>The files of its recording, which it writes itself; null: it writes into pipes or a terminal.</summary>
    public JournalFiles? OutputFiles { get; init; }

    /// <summary>Where the output goes; the launcher writes to it until <see cref="IRunningProcess.OutputEnded"/>.</summary>
    public required JournalWriter Journal { get; init; }

    /// <summary>What to do while the journal's disk is full.</summary>
    public required DiskPatience DiskPatience { get; init; }

    /// <summary>Both streams together; null: no limit.</summary>
    public long? MaxOutputBytes { get; init; }

    /// <summary>The size asked for each pipe in bytes; the system may grant less (F_SETPIPE_SZ, fcntl(2)).</summary>
    public int PipeBytes { get; init; } = 64 * 1024;
}
