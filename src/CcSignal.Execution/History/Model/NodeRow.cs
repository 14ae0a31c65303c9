namespace CcSignal.Execution.History.Model;

/// <summary>A node and the epoch of the server that runs as it now.</summary>
internal sealed class NodeRow
{
    public int Node { get; init; }

    public long Epoch { get; init; }
}
