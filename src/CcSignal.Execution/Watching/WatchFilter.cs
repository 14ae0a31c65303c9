using CcSignal.Contracts;
using CcSignal.Execution.History;

namespace CcSignal.Execution.Watching;

/// <summary>The query of a watcher, asked of executions in memory.</summary>
internal sealed class WatchFilter(ListFilter filter)
{
    /// <summary>Whether one that matches can cease to: its state is asked for, and changes.</summary>
    public bool CanCease => filter.States.Count > 0;

    /// <summary>Whether what has ended can match.</summary>
    public bool TakesEnded => filter.States.Count == 0 || filter.States.Contains(StoredState.Ended);

    /// <summary>Whether everything about it that never changes is as wanted.</summary>
    public bool Concerns(long number, ExecutionInfo info) =>
        number >= filter.From && number < filter.Before
        && (filter.Owner is null || filter.Owner == info.Owner)
        && (filter.Profile is null || filter.Profile == info.Profile)
        && (filter.TagName is null || (info.Tags.TryGetValue(filter.TagName, out var value) && (filter.TagValue is null || filter.TagValue == value)))
        && (filter.Command is null || CommandLine.Of(info.Command, info.Arguments).Contains(filter.Command, StringComparison.Ordinal));

    /// <summary>Whether the rest is, too, as it is now.</summary>
    public bool Takes(ExecutionInfo info) =>
        (filter.States.Count == 0 || filter.States.Any(state => StoredState.ToWire(state) == info.State))
        && (filter.Causes.Count == 0 || (info.End is { } end && filter.Causes.Contains(ListFilter.WireName(end.Cause))));
}
