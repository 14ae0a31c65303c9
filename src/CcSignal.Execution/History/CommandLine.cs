namespace CcSignal.Execution.History;

/// <summary>A command line as it is searched: command and arguments joined by spaces, without case.</summary>
internal static class CommandLine
{
    /// <summary>What is stored to be searched.</summary>
    public static string Of(string command, IReadOnlyList<string> arguments) =>
        Fold(arguments.Count == 0 ? command : $"{command} {string.Join(' ', arguments)}");

    // Folded here and not by the database: SQLite's LIKE and lower() know ASCII only.
    /// <summary>Text without case; applied to both sides.</summary>
    public static string Fold(string text) => text.ToUpperInvariant();
}
