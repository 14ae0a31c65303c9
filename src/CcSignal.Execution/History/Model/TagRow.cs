namespace CcSignal.Execution.History.Model;

/// <summary>One tag of one execution.</summary>
internal sealed class TagRow : INumbered
{
    public required string Name { get; init; }

    public required string Value { get; init; }

    public long Number { get; init; }
}
