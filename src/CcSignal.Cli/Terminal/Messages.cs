using System.Text;
using CcSignal.Cli.Wording;

namespace CcSignal.Cli.Terminal;

/// <summary>What this program itself has to say: one line each, on standard error, never mixed into a command's bytes on standard output.</summary>
internal static class Messages
{
    /// <summary>Whether a line must also go back to the first column, and nothing else may touch the terminal.</summary>
    public static bool OnRawTerminal { get; set; }

    /// <summary>Says <paramref name="sentence"/>.</summary>
    public static void Say(string sentence)
    {
        var line = $"ccsignal: {Printable.OneLine(sentence)}";
        if (OnRawTerminal)
        {
            // Console would switch the terminal to a mode of its own when it is first used.
            StandardStream.Error.Write(Encoding.UTF8.GetBytes($"\r{line}\r\n"));
        }
        else
        {
            Console.Error.WriteLine(line);
        }
    }
}
