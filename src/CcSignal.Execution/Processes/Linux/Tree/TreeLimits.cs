using CcSignal.Contracts;
using Microsoft.Win32.SafeHandles;

namespace CcSignal.Execution.Processes.Linux.Tree;

/// <summary>The controllers in force for one execution, and what they have counted.</summary>
/// <param name="Memory">Limits its memory; null: nothing does.</param>
/// <param name="Processes">Limits its processes; null: nothing does.</param>
internal sealed record TreeLimits(LimitGroup? Memory, LimitGroup? Processes)
{
    /// <summary>No limits.</summary>
    public static readonly TreeLimits None = new(null, null);

    /// <summary>Whether they hold only who is born in the tree's own group.</summary>
    public bool AreOfTheGroup => Memory is { Version: 2 } || Processes is { Version: 2 };

    /// <summary>Whether the kernel has killed one of the tree because it used more memory than it may.</summary>
    public bool IsOutOfMemory => Memory switch
    {
        null => false,
        { Version: 1 } => Memory.Read("memory.oom_control", "oom_kill") > 0,

        // A kill for a limit of a group above, or of the whole machine, counts here too; "oom" counts only what was our own.
        _ => Memory.Read("memory.events", "oom") > 0 && Memory.Read("memory.events", "oom_kill") > 0,
    };

    /// <summary>Whether the kernel has refused it a process.</summary>
    public bool IsOutOfProcesses => Processes?.Read("pids.events", "max") > 0;

    /// <summary>Sets them.</summary>
    /// <exception cref="IOException">The system refused a value.</exception>
    public void Set(ResourceLimits limits)
    {
        if (Memory is { Version: 2 })
        {
            Memory.Write("memory.max", limits.MemoryBytes!.Value);
            Memory.WriteIfThere("memory.swap.max", 0);

            // Half a tree is nobody's wish: the kernel ends all of it.
            Memory.WriteIfThere("memory.oom.group", 1);
        }
        else if (Memory is not null)
        {
            Memory.Write("memory.limit_in_bytes", limits.MemoryBytes!.Value);
            Memory.WriteIfThere("memory.memsw.limit_in_bytes", limits.MemoryBytes.Value);
        }

        Processes?.Write("pids.max", limits.Processes!.Value);
    }

    /// <summary>Opens what a child writes itself into; to be closed after its start.</summary>
    public IReadOnlyList<SafeFileHandle> OpenJoins() => [.. new[] { Memory, Processes }.Select(group => group?.OpenJoin()).OfType<SafeFileHandle>()];

    /// <summary>Gives them back.</summary>
    public void Release()
    {
        Memory?.Release();
        Processes?.Release();
    }
}
