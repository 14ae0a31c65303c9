namespace CcSignal.TestKit;

/// <summary>Reads a server's log while it is written.</summary>
internal static class LogFiles
{
    public static string ReadAll(string dataDirectory)
    {
        var logs = Path.Combine(dataDirectory, "logs");
        return Directory.Exists(logs) ? string.Concat(Directory.EnumerateFiles(logs).Order(StringComparer.Ordinal).Select(Read)) : "";
    }

    private static string Read(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd();
    }
}
