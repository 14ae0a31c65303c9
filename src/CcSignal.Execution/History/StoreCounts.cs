namespace CcSignal.Execution.History;

/// <summary>How full this node is.</summary>
/// <param name="Queued">Executions that wait.</param>
/// <param name="Active">Executions that are taken and not ended: places in use.</param>
internal sealed record StoreCounts(int Queued, int Active);
