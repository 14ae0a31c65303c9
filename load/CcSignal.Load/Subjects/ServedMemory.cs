using System.Globalization;

namespace CcSignal.Load.Subjects;

/// <summary>
/// The memory of a server that may be several processes: the proportional set size (proc_pid_smaps_rollup(5)), in which a page that several share counts once.
/// </summary>
internal static class ServedMemory
{
    private const string Proportional = "Pss:";

    /// <summary>Of a process and all below it that bear its name; those with another are the commands it runs.</summary>
    public static long Of(int root)
    {
        var processes = All();
        var name = processes.Single(process => process.Id == root).Name;
        var mine = new HashSet<int> { root };
        while (processes.Any(process => mine.Contains(process.Parent) && mine.Add(process.Id)))
        {
        }

        return processes.Where(process => process.Name == name && mine.Contains(process.Id)).Sum(process => BytesOf(process.Id));
    }

    private static (int Id, string Name, int Parent)[] All() =>
    [
        .. Directory.GetDirectories("/proc").Select(Path.GetFileName)
            .Where(name => int.TryParse(name, CultureInfo.InvariantCulture, out _))
            .Select(name => Read($"/proc/{name}/stat")).OfType<string>().Select(Parsed),
    ];

    private static (int Id, string Name, int Parent) Parsed(string line)
    {
        var (opens, closes) = (line.IndexOf('('), line.LastIndexOf(')'));
        return (Number(line[..opens]), line[(opens + 1)..closes], Number(line[(closes + 2)..].Split(' ')[1]));
    }

    private static long BytesOf(int process) => Read($"/proc/{process}/smaps_rollup")?.Split('\n').First(line => line.StartsWith(Proportional, StringComparison.Ordinal)) is { } line
        ? Number(line[Proportional.Length..].Replace("kB", "", StringComparison.Ordinal)) * 1024L
        : 0;

    // Null: it ended meanwhile.
    private static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
