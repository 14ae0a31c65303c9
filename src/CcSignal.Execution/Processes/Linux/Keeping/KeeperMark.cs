using System.Globalization;

namespace CcSignal.Execution.Processes.Linux.Keeping;

/// <summary>
/// A file in the data directory that names the keeper for as long as everything that is started is held by it: so that the next server knows that
/// what is not held was never started, and a person's upgrade whom to signal.
/// </summary>
/// <param name="dataDirectory">The data directory.</param>
internal sealed class KeeperMark(string dataDirectory)
{
    private readonly string _path = Path.Combine(dataDirectory, "keeper.pid");

    /// <summary>Whether the earlier server was this keeper's to its end.</summary>
    public bool Names(int keeper) => File.Exists(_path) && File.ReadAllText(_path) == Content(keeper);

    /// <summary>Names a keeper; null: none holds everything any more.</summary>
    public void Write(int? keeper)
    {
        if (keeper is { } process)
        {
            File.WriteAllText(_path + ".new", Content(process));
            File.Move(_path + ".new", _path, overwrite: true);
        }
        else
        {
            File.Delete(_path);
        }
    }

    private static string Content(int keeper)
    {
        var identity = ProcessTable.Identify(keeper);
        return string.Create(CultureInfo.InvariantCulture, $"{identity.ProcessId} {identity.StartTicks} {identity.BootId}");
    }
}
