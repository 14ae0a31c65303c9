using System.Globalization;
using System.Text;

namespace CcSignal.Cli.Wording;

/// <summary>
/// Makes text of others fit for one line of a terminal: a command line or a tag could hold escape sequences or line ends that forge
/// what a person reads.
/// </summary>
internal static class Printable
{
    /// <summary>The text with control and formatting characters written out.</summary>
    public static string OneLine(string text)
    {
        if (!text.Any(MustBeWrittenOut))
        {
            return text;
        }

        var line = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            _ = character switch
            {
                '\n' => line.Append("\\n"),
                '\t' => line.Append("\\t"),
                _ when MustBeWrittenOut(character) => line.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => line.Append(character),
            };
        }

        return line.ToString();
    }

    /// <summary>A command and its arguments as one would type them.</summary>
    public static string CommandLine(string command, IEnumerable<string> arguments) =>
        OneLine(string.Join(' ', arguments.Prepend(command).Select(Quoted)));

    private static string Quoted(string word) =>
        word.Length > 0 && !word.Any(character => char.IsWhiteSpace(character) || "'\"\\$`&|;<>()*?".Contains(character, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static bool MustBeWrittenOut(char character) =>
        char.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
