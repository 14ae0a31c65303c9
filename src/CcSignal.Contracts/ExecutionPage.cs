using System.Text.Json.Serialization;

namespace CcSignal.Contracts;

/// <summary>A page of executions, newest first.</summary>
/// <param name="Items">May be fewer than asked for and still have a <paramref name="Next"/>.</param>
/// <param name="Next">Where the next page begins; null: this was the last.</param>
public sealed record ExecutionPage(
    IReadOnlyList<ExecutionInfo> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next);
