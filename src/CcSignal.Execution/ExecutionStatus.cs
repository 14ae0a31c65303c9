using System.Collections.Immutable;
using CcSignal.Contracts;

namespace CcSignal.Execution;

/// <summary>What is known of an execution at one moment, apart from how far its recording has grown since.</summary>
/// <param name="Info">The facts.</param>
/// <param name="Version">Counts their changes.</param>
/// <param name="Notices">All that were given, oldest first.</param>
internal sealed record ExecutionStatus(ExecutionInfo Info, int Version, ImmutableList<Notice> Notices)
{
    /// <summary>Whether it is over: nothing changes any more.</summary>
    public bool Ended => Info.State == ExecutionState.Ended;
}
