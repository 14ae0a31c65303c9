namespace CcSignal.Execution.Running;

/// <summary>What a command left behind.</summary>
/// <param name="Found">Those that lived when the grace was over, by name and number.</param>
/// <param name="Stuck">Those of them that could not be killed.</param>
internal sealed record Leftovers(IReadOnlyList<string> Found, IReadOnlyList<string> Stuck)
{
    /// <summary>Nothing.</summary>
    public static readonly Leftovers None = new([], []);
}
