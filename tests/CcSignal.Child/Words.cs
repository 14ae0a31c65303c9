using System.Globalization;
using System.Text;
using CcSignal.TestChild.Native;

namespace CcSignal.TestChild;

/// <summary>The words of the command line. A missing or wrong one ends the program with code 64 (EX_USAGE, sysexits.h) and says which.</summary>
internal sealed class Words(string[] words)
{
    public string Verb => words.Length > 0 ? words[0] : "";

    public ReadOnlySpan<string> AfterVerb => words.AsSpan(1);

    public string Text(int index) =>
        index < words.Length ? words[index] : throw Usage($"'{Verb}' needs a word at place {index}.");

    public long Number(int index, long? otherwise = null)
    {
        if (index >= words.Length && otherwise is { } value)
        {
            return value;
        }

        return long.TryParse(Text(index), CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Usage($"'{Verb}' needs a number at place {index}, not '{words[index]}'.");
    }

    public TimeSpan Seconds(int index, TimeSpan? otherwise = null)
    {
        if (index >= words.Length && otherwise is { } value)
        {
            return value;
        }

        return double.TryParse(Text(index), CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : throw Usage($"'{Verb}' needs seconds at place {index}, not '{words[index]}'.");
    }

    public int Refuse(string sentence) => throw Usage(sentence);

    private static InvalidOperationException Usage(string sentence)
    {
        Output.Error.Write(Encoding.UTF8.GetBytes(sentence + "\n"));
        Environment.Exit(64);
        return new InvalidOperationException(sentence);
    }
}
