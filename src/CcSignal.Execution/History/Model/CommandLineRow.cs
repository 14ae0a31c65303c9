namespace CcSignal.Execution.History.Model;

/// <summary>What is searched for <c>command</c>; beside the executions, so that thousands of them are looked at in a few pages.</summary>
internal sealed class CommandLineRow : INumbered
{
    public long Number { get; init; }

    /// <summary><see cref="CommandLine.Of"/> the execution.</summary>
    public required string Text { get; init; }
}
