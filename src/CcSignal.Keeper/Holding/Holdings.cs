using CcSignal.Keeper.Native;
using CcSignal.Keeper.Wire;

namespace CcSignal.Keeper.Holding;

/// <summary>All that is kept for servers to come. Owns the descriptors. One thread at a time.</summary>
internal sealed class Holdings
{
    private readonly Dictionary<long, HeldExecution> _executions = [];
    private readonly Dictionary<int, HeldExecution> _byProcess = [];
    private readonly OrphanStatuses _orphans = new();

    /// <summary>Everything, in no order.</summary>
    public IReadOnlyCollection<HeldExecution> All => _executions.Values;

    /// <summary>Whether there is any execution.</summary>
    public bool HaveExecutions => _executions.Count > 0;

    /// <summary>Does what a server asks for; what it does not know it passes over.</summary>
    public void Take(KeeperMessage message, IReadOnlyList<HeldDescriptor> descriptors)
    {
        switch (message.Kind)
        {
            case MessageKind.Hold:
                Add(message.Number).Descriptors.AddRange(descriptors);
                return;
            case MessageKind.Started:
                Start(Add(message.Number), message);
                break;
            case MessageKind.Ended when _executions.TryGetValue(message.Number, out var ended):
                End(ended, message.Status);
                ended.IsStatusTold = true;
                break;
            case MessageKind.Drop when _executions.TryGetValue(message.Number, out var dropping):
                Close(dropping, message.RoleAt(0));
                break;
            case MessageKind.Forget when _executions.Remove(message.Number, out var forgotten):
                End(forgotten, null);
                forgotten.Descriptors.ForEach(Close);
                break;
        }

        foreach (var unwanted in descriptors)
        {
            Close(unwanted);
        }
    }

    /// <summary>A process ended and was reaped: the execution that it was the root of, if it was one.</summary>
    public HeldExecution? Reaped(int processId, ExitStatus status, long at)
    {
        if (!_byProcess.TryGetValue(processId, out var execution))
        {
            _orphans.Add(processId, status, at);
            return null;
        }

        End(execution, status);
        return execution;
    }

    private HeldExecution Add(long number)
    {
        if (!_executions.TryGetValue(number, out var execution))
        {
            execution = new HeldExecution(number);
            _executions.Add(number, execution);
        }

        return execution;
    }

    private void Start(HeldExecution execution, KeeperMessage message)
    {
        execution.ProcessId = message.ProcessId;
        execution.StartedAt = message.StartedAt;
        execution.Status = _orphans.Of(message.ProcessId, message.SpawnedAt);
        if (execution.Status is null)
        {
            _byProcess[message.ProcessId] = execution;
        }
    }

    // The number may be another process's from now on.
    private void End(HeldExecution execution, ExitStatus? status)
    {
        execution.Status ??= status;
        if (_byProcess.TryGetValue(execution.ProcessId, out var known) && known == execution)
        {
            _byProcess.Remove(execution.ProcessId);
        }
    }

    private static void Close(HeldExecution execution, DescriptorRole role)
    {
        foreach (var held in execution.Descriptors.Where(held => held.Role == role))
        {
            Close(held);
        }

        execution.Descriptors.RemoveAll(held => held.Role == role);
    }

    private static void Close(HeldDescriptor held) => Libc.Check(Libc.close(held.Descriptor), "close");
}
