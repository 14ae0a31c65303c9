using CcSignal.Contracts;
using CcSignal.Execution.Journal;
using CcSignal.Execution.Processes;
using Microsoft.Extensions.Options;

namespace CcSignal.Execution.Admission;

/// <summary>Decides whether a request may become an execution: by the contract, the node, its disk, the profile, and what the machine can keep.</summary>
internal sealed class AdmissionControl(
    Profiles profiles, ILauncher launcher, NodeState node, IOptions<DataDirectoryOptions> directory, IOptions<JournalOptions> journal)
{
    private readonly DriveInfo _disk = new(directory.Value.Resolve());

    /// <summary>The request with everything that its profile adds.</summary>
    /// <exception cref="RefusedException">It may not; the message says why, and what to change.</exception>
    public ExecutionPlan Admit(ExecutionRequest? request, Caller caller)
    {
        var sound = RequestRules.Check(request);
        DemandReady();
        DemandRoom();
        var plan = profiles.For(caller, sound.Profile).Plan(sound);
        DemandFeasible(plan);
        return plan;
    }

    private void DemandReady()
    {
        switch (node.NotReady)
        {
            case null:
                return;
            case NodeState.Draining:
                throw new RefusedException(ErrorCodes.Draining, "The server is stopping and starts nothing new.");
            case var reason:
                throw new RefusedException(ErrorCodes.Unavailable, $"The server is not ready: {reason}.");
        }
    }

    private void DemandRoom()
    {
        var free = _disk.AvailableFreeSpace;
        if (free < journal.Value.MinFreeBytes)
        {
            throw new RefusedException(
                ErrorCodes.Unavailable,
                $"The server's disk has {free} bytes left, and it starts nothing with less than {journal.Value.MinFreeBytes} ({JournalOptions.Section}:MinFreeBytes). "
                + "Make room, or try again later.");
        }
    }

    // What is demanded and cannot be kept on this machine is refused, whoever demands it.
    private void DemandFeasible(ExecutionPlan plan)
    {
        Demand(plan.Request.Terminal is null || launcher.HasTerminals, "terminal");
        DemandLimit(plan.Limits.MemoryBytes is null, "memoryBytes");
        DemandLimit(plan.Limits.Processes is null, "processes");
        DemandLimit(plan.Limits.OpenFiles is null, "openFiles");
        DemandLimit(plan.Limits.CpuSeconds is null, "cpuSeconds");
        if (plan.Confinement != Confinement.None && !launcher.CanConfine)
        {
            throw new RefusedException(
                ErrorCodes.Unavailable, $"This server cannot keep 'User', 'Umask' or 'NoNewPrivileges' of profile '{plan.Profile}' on its machine.");
        }

        if (plan.WritesDirectly && !launcher.CanWriteDirectly(plan.Confinement))
        {
            throw new RefusedException(
                ErrorCodes.Unavailable,
                $"This server cannot keep 'Output' 'direct' of profile '{plan.Profile}' on its machine: that needs Linux, and either the right to make files "
                + "append-only (CAP_LINUX_IMMUTABLE, on a file system that knows it) or a 'User' that is not the server's.");
        }

        void DemandLimit(bool free, string limit) => Demand(free || launcher.Limits.Contains(limit), $"limits.{limit}");

        void Demand(bool met, string field)
        {
            if (!met)
            {
                throw new RefusedException(
                    ErrorCodes.Unavailable,
                    $"This server cannot keep '{field}' on its machine (see 'features' of Describe): leave it out of the request and of profile '{plan.Profile}'.");
            }
        }
    }
}
