using CcSignal.Keeper.Wire;

namespace CcSignal.Keeper.Holding;

/// <summary>
/// How processes ended that no message has named yet. A server that dies right after a start leaves the name in the socket and the process to the
/// keeper, and which of the two is seen first is chance. Most of them are descendants that nobody asks for: only the latest are kept.
/// </summary>
internal sealed class OrphanStatuses
{
    private const int Kept = 4096;
    private readonly Dictionary<int, (ExitStatus Status, long At)> _statuses = [];
    private readonly Queue<(int ProcessId, long At)> _order = new();

    /// <summary>Keeps one.</summary>
    /// <param name="processId">The process.</param>
    /// <param name="status">How it ended.</param>
    /// <param name="at">The clock at its reaping, as <see cref="KeeperMessage.SpawnedAt"/>.</param>
    public void Add(int processId, ExitStatus status, long at)
    {
        _statuses[processId] = (status, at);
        _order.Enqueue((processId, at));
        if (_order.Count > Kept)
        {
            var oldest = _order.Dequeue();
            if (_statuses.TryGetValue(oldest.ProcessId, out var kept) && kept.At == oldest.At)
            {
                _statuses.Remove(oldest.ProcessId);
            }
        }
    }

    /// <summary>How this process ended, if it did; an earlier one of the same number, reaped before this one was made, is not meant.</summary>
    public ExitStatus? Of(int processId, long spawnedAt) =>
        _statuses.TryGetValue(processId, out var kept) && kept.At >= spawnedAt ? kept.Status : null;
}
