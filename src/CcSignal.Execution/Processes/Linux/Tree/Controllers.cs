using System.Globalization;
using CcSignal.Contracts;

namespace CcSignal.Execution.Processes.Linux.Tree;

/// <summary>
/// The cgroup controllers that limit a whole tree: <c>memory</c> and <c>pids</c>, each in version 2 where it can be had below our groups, else in its
/// version 1 hierarchy (cgroups(7)).
/// </summary>
internal sealed class Controllers : IDisposable
{
    private readonly Dictionary<string, Place> _places = [];

    /// <summary>Those that can be had.</summary>
    /// <param name="groups">Our groups in version 2; null: there are none.</param>
    /// <param name="name">What tells this data directory from another.</param>
    public Controllers(ControlGroups? groups, string name)
    {
        foreach (var controller in (string[])[Memory, Processes])
        {
            if (groups?.Enable(controller) == true)
            {
                _places[controller] = new Place(groups.Directory, 2);
            }
            else if (Mounts.OwnOf(controller) is { } own && MakeDirectory(Path.Combine(own, $"ccsignal-{name}")) is { } directory)
            {
                _places[controller] = new Place(directory, 1);
            }
        }
    }

    private const string Memory = "memory";
    private const string Processes = "pids";

    /// <summary>Whether the memory of a tree can be limited.</summary>
    public bool LimitsMemory => _places.ContainsKey(Memory);

    /// <summary>Whether the processes of a tree can be limited.</summary>
    public bool LimitsProcesses => _places.ContainsKey(Processes);

    /// <summary>Sets the limits of one execution; none where it asks for none.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    public TreeLimits Create(long number, ResourceLimits limits)
    {
        var memory = limits.MemoryBytes is { } bytes && _places.TryGetValue(Memory, out var memoryPlace) ? memoryPlace.Make(number) : null;
        var processes = limits.Processes is not null && _places.TryGetValue(Processes, out var processesPlace) ? processesPlace.Make(number) : null;
        var made = new TreeLimits(memory, processes);
        made.Set(limits);
        return made;
    }

    /// <summary>Those that an earlier server set.</summary>
    public TreeLimits Find(long number) => new(
        _places.GetValueOrDefault(Memory)?.Find(number), _places.GetValueOrDefault(Processes)?.Find(number));

    /// <summary>Removes what is empty.</summary>
    public void Dispose()
    {
        foreach (var place in _places.Values.Where(place => place.Version == 1))
        {
            foreach (var directory in Directory.EnumerateDirectories(place.Directory))
            {
                new ControlGroup(directory).Remove();
            }

            new ControlGroup(place.Directory).RemoveIfEmpty();
        }
    }

    private static string? MakeDirectory(string path)
    {
        try
        {
            return Directory.CreateDirectory(path).FullName;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null; // read-only, or not ours: this controller cannot be had, and Describe says so
        }
    }

    private sealed record Place(string Directory, int Version)
    {
        public LimitGroup Make(long number)
        {
            var path = PathOf(number);
            System.IO.Directory.CreateDirectory(path);
            return new LimitGroup(path, Version);
        }

        public LimitGroup? Find(long number) => System.IO.Directory.Exists(PathOf(number)) ? new LimitGroup(PathOf(number), Version) : null;

        private string PathOf(long number) => Path.Combine(Directory, number.ToString(CultureInfo.InvariantCulture));
    }
}
