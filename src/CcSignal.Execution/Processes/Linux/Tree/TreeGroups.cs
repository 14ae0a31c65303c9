namespace CcSignal.Execution.Processes.Linux.Tree;

/// <summary>What the kernel keeps for one execution.</summary>
/// <param name="Whole">Holds its tree together; null: it is found by search.</param>
/// <param name="Limits">Limits it.</param>
internal sealed record TreeGroups(ControlGroup? Whole, TreeLimits Limits)
{
    /// <summary>Nothing.</summary>
    public static readonly TreeGroups None = new(null, TreeLimits.None);
}
