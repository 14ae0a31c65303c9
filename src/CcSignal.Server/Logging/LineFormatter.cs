using System.Globalization;
using System.Text;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;

namespace CcSignal.Server.Logging;

/// <summary>
/// One event, one line. What came from outside cannot begin a line of its own or speak to the terminal that shows it: control characters
/// and those that turn or break lines are written as escapes. A stack trace follows indented.
/// </summary>
internal sealed class LineFormatter : ITextFormatter
{
    private readonly MessageTemplateTextFormatter _line =
        new("{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} [{Level:u3}] {Message:l}", CultureInfo.InvariantCulture);

    public void Format(LogEvent logEvent, TextWriter output)
    {
        var line = new StringWriter(CultureInfo.InvariantCulture);
        _line.Format(logEvent, line);
        Encode(line.GetStringBuilder(), output);
        output.WriteLine();
        foreach (var trace in logEvent.Exception?.ToString().Split('\n') ?? [])
        {
            output.Write("    ");
            Encode(new StringBuilder(trace.TrimEnd('\r')), output);
            output.WriteLine();
        }
    }

    private static void Encode(StringBuilder text, TextWriter output)
    {
        foreach (var chunk in text.GetChunks())
        {
            foreach (var character in chunk.Span)
            {
                if (IsHarmless(character))
                {
                    output.Write(character);
                }
                else
                {
                    output.Write(string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"));
                }
            }
        }
    }

    private static bool IsHarmless(char character) => char.GetUnicodeCategory(character)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
