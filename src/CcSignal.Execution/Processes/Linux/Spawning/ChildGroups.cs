using Microsoft.Win32.SafeHandles;

namespace CcSignal.Execution.Processes.Linux.Spawning;

/// <summary>The control groups that a child is in before it runs anything. Owns the descriptors.</summary>
/// <param name="Born">The directory of the one it is born in; null: ours.</param>
/// <param name="Joined">The <c>cgroup.procs</c> of those, of version 1, that it writes itself into.</param>
internal sealed record ChildGroups(SafeFileHandle? Born, IReadOnlyList<SafeFileHandle> Joined) : IDisposable
{
    /// <summary>The server's own.</summary>
    public static ChildGroups Ours => new(null, []);

    public void Dispose()
    {
        Born?.Dispose();
        foreach (var joined in Joined)
        {
            joined.Dispose();
        }
    }
}
