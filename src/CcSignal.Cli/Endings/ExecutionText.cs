using CcSignal.Cli.Wording;
using CcSignal.Contracts;

namespace CcSignal.Cli.Endings;

/// <summary>Says for people how an execution stands.</summary>
internal static class ExecutionText
{
    /// <summary>A few words for a column: <c>running 5m2s</c>, <c>queued, place 3</c>, <c>exited 0</c>.</summary>
    public static string State(ExecutionInfo execution, DateTimeOffset now) => execution switch
    {
        { End: { } end } => Printable.OneLine(EndSentence.Short(end)),
        { QueuePosition: { } place } => $"queued, place {place}",
        { StartedAt: { } start } => $"{Name(execution)} {DurationText.For(now - DateTimeOffset.FromUnixTimeMilliseconds(start))}",
        _ => Name(execution),
    };

    private static string Name(ExecutionInfo execution) => execution.State.ToString().ToLowerInvariant();
}
