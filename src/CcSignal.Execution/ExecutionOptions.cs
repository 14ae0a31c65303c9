using System.ComponentModel.DataAnnotations;

namespace CcSignal.Execution;

/// <summary>Who this node is.</summary>
internal sealed class ExecutionOptions
{
    public const string Section = "CcSignal";

    /// <summary>The node's name, as executions show it. 1–64 characters; default: the machine's name.</summary>
    [StringLength(64, MinimumLength = 1)]
    public string Node { get; set; } = Environment.MachineName;
}
