using CcSignal.Execution.History;
using CcSignal.Execution.Journal;

namespace CcSignal.Execution.Processes;

/// <summary>All that a launcher needs to go on with a command that an earlier server started.</summary>
internal sealed record AdoptSpec
{
    /// <summary>The execution's key.</summary>
    public required long Number { get; init; }

    /// <summary>Its process, as the history knows it; null: it was not recorded.</summary>
    public required ProcessIdentity? Known { get; init; }

    /// <summary>The value of the <see cref="ProcessCookie"/> in its environment.</summary>
    public required string Cookie { get; init; }

    /// <summary>The files of its recording, which it writes itself; null: it writes into pipes or a terminal.</summary>
    public JournalFiles? OutputFiles { get; init; }

    /// <summary>Where the output goes on.</summary>
    public required JournalWriter Journal { get; init; }

    /// <summary>Both streams together; null: no limit.</summary>
    public long? MaxOutputBytes { get; init; }

    /// <summary>How a full disk is waited for.</summary>
    public required DiskPatience DiskPatience { get; init; }
}
