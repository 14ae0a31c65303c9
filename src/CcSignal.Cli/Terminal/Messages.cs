using CcSignal.Cli.Wording;

namespace CcSignal.Cli.Terminal;

/// <summary>What this program itself has to say: one line each, on standard error, never mixed into a command's bytes on standard output.</summary>
internal static class Messages
{
    /// <summary>Says <paramref name="sentence"/>.</summary>
    public static void Say(string sentence) => Console.Error.WriteLine($"ccsignal: {Printable.OneLine(sentence)}");
}
