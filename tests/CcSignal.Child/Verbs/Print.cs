using System.Globalization;
using System.Text;
using CcSignal.TestChild.Native;

namespace CcSignal.TestChild.Verbs;

/// <summary>Text, each line in one write.</summary>
internal static class Print
{
    /// <summary><c>echo text…</c>, <c>echo-err text…</c>: the words with a space between them and a newline.</summary>
    public static int Echo(Output output, Words words)
    {
        output.Write(Line(string.Join(' ', words.AfterVerb)));
        return 0;
    }

    /// <summary>
    /// <c>lines count [intervalMs] [bytesPerLine]</c>: <c>line 1</c>, <c>line 2</c>, …, filled up with dots to the wanted length
    /// (with the newline); count 0 never ends.
    /// </summary>
    public static int Lines(long count, long intervalMs, long bytesPerLine)
    {
        var interval = TimeSpan.FromMilliseconds(intervalMs);
        for (long number = 1; count == 0 || number <= count; number++)
        {
            Output.Standard.Write(Line(Text(number).PadRight((int)Math.Max(0, bytesPerLine - 1), '.')));
            if (number != count)
            {
                Wait.For(interval);
            }
        }

        return 0;

        static string Text(long number) => string.Create(CultureInfo.InvariantCulture, $"line {number}");
    }

    /// <summary><c>both count</c>: <c>out 1</c> to standard output, <c>err 1</c> to standard error, and so on in turns.</summary>
    public static int Both(long count)
    {
        for (long number = 1; number <= count; number++)
        {
            Output.Standard.Write(Line(string.Create(CultureInfo.InvariantCulture, $"out {number}")));
            Output.Error.Write(Line(string.Create(CultureInfo.InvariantCulture, $"err {number}")));
        }

        return 0;
    }

    /// <summary><c>json-lines count</c>: one JSON object a line.</summary>
    public static int JsonLines(long count)
    {
        for (long number = 1; number <= count; number++)
        {
            Output.Standard.Write(Line(string.Create(CultureInfo.InvariantCulture, $$"""{"type":"line","number":{{number}}}""")));
        }

        return 0;
    }

    /// <summary><c>write-to path text</c>: opens a file by name and truncates it, as <c>&gt; /dev/stderr</c> does in a script.</summary>
    public static int WriteTo(string path, string text)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        file.Write(Line(text));
        return 0;
    }

    public static byte[] Line(string text) => Encoding.UTF8.GetBytes(text + "\n");
}
