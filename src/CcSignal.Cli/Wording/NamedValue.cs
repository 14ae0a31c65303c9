namespace CcSignal.Cli.Wording;

/// <summary>Words of the form <c>NAME=VALUE</c>.</summary>
internal static class NamedValue
{
    /// <summary>Variables for the command: <c>NAME=VALUE</c> as said, <c>NAME</c> as <paramref name="variable"/> has it, or not at all.</summary>
    public static Dictionary<string, string>? Environment(IEnumerable<string> words, Func<string, string?> variable)
    {
        var values = new Dictionary<string, string>();
        foreach (var word in words)
        {
            var (name, value) = Split(word);
            if ((value ?? variable(name)) is { } known)
            {
                values[name] = known;
            }
        }

        return values.Count > 0 ? values : null;
    }

    /// <summary>Labels: <c>NAME=VALUE</c>, or <c>NAME</c> with an empty value.</summary>
    public static Dictionary<string, string>? Tags(IEnumerable<string> words)
    {
        var values = new Dictionary<string, string>();
        foreach (var (name, value) in words.Select(Split))
        {
            values[name] = value ?? "";
        }

        return values.Count > 0 ? values : null;
    }

    private static (string Name, string? Value) Split(string word) =>
        word.IndexOf('=', StringComparison.Ordinal) is var at and >= 0 ? (word[..at], word[(at + 1)..]) : (word, null);
}
