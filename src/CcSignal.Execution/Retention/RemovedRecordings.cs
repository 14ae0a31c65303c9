using System.Globalization;
using CcSignal.Execution.Journal;

namespace CcSignal.Execution.Retention;

/// <summary>
/// How recordings leave the disk: first by name to <c>journal/removed</c>, which stands for the decision, then for good. A server that is killed in
/// between leaves them there, and the next one goes on.
/// </summary>
internal sealed class RemovedRecordings(string dataDirectory)
{
    private readonly string _journal = Path.Combine(dataDirectory, "journal");
    private readonly string _removed = Path.Combine(dataDirectory, "journal", "removed");

    /// <summary>The days of which there are recordings, the directories named so.</summary>
    public IReadOnlyList<string> Days() => Directory.Exists(_journal)
        ? [.. Directory.EnumerateDirectories(_journal).Where(path => DateOnly.TryParseExact(Path.GetFileName(path), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The executions whose recordings lie in a directory.</summary>
    public static IEnumerable<long> In(string directory) =>
        Directory.EnumerateDirectories(directory)
            .Select(path => long.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Where(number => number > 0);

    /// <summary>What an earlier server had begun to remove.</summary>
    public IReadOnlyList<long> Left() => Directory.Exists(_removed) ? [.. In(_removed)] : [];

    /// <summary>Takes a recording from its place; one that never was is fine.</summary>
    public void Take(long number)
    {
        var directory = JournalFiles.Of(dataDirectory, number).Directory;
        if (!Directory.Exists(directory))
        {
            return;
        }

        var removed = PlaceOf(number);
        if (!Directory.Exists(_removed))
        {
            Directory.CreateDirectory(_removed);
        }
        else if (Directory.Exists(removed))
        {
            Directory.Delete(removed, recursive: true);
        }

        Directory.Move(directory, removed);
    }

    /// <summary>Frees its space.</summary>
    public void Delete(long number)
    {
        if (Directory.Exists(PlaceOf(number)))
        {
            Directory.Delete(PlaceOf(number), recursive: true);
        }
    }

    private string PlaceOf(long number) => Path.Combine(_removed, number.ToString(CultureInfo.InvariantCulture));
}
