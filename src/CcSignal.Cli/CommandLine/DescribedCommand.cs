using System.CommandLine;

namespace CcSignal.Cli.CommandLine;

/// <summary>A command whose help says more than fits into the list of all commands.</summary>
/// <param name="name">Its name.</param>
/// <param name="summary">What it does, in one line.</param>
/// <param name="details">What else to know.</param>
internal sealed class DescribedCommand(string name, string summary, string details) : Command(name, summary)
{
    /// <summary>What else to know, below the options.</summary>
    public string Details { get; } = details;
}
