using CcSignal.Execution.Journal;

namespace CcSignal.Server.Endpoints;

/// <summary>A recording in slices, in their order.</summary>
internal sealed record OutlineAnswer(IReadOnlyList<OutlineSlice> Slices);
