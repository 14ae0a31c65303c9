using System.CommandLine;

namespace CcSignal.Cli.CommandLine;

/// <summary>
/// Puts <c>--</c> before the command to run, so that what follows is the command's and never ours: <c>ccsignal run ls --json</c> gives
/// <c>--json</c> to <c>ls</c>, as ssh, docker and timeout do.
/// </summary>
internal static class CommandWords
{
    /// <summary>The words with the separator; unchanged where they run nothing or have one.</summary>
    /// <exception cref="ArgumentException">An option before the command is not ours.</exception>
    public static string[] Separate(string[] words, RootCommand root, params Command[] running)
    {
        var at = SkipOptions(words, 0, root.Options);
        if (at >= words.Length || running.FirstOrDefault(command => command.Name == words[at]) is not { } chosen)
        {
            return words;
        }

        // Left to the parser, an unknown option would be taken for the command.
        at = SkipOptions(words, at + 1, [.. chosen.Options, .. root.Options.Where(option => option.Recursive)]);
        if (at >= words.Length || words[at] == "--")
        {
            return words;
        }

        return words[at] is ['-', _, ..]
            ? throw new ArgumentException($"There is no option '{words[at]}'. See 'ccsignal {chosen.Name} --help'; a command of that name needs -- before it.")
            : [.. words[..at], "--", .. words[at..]];
    }

    /// <summary>Where the first word stands that is neither an option nor the value of one; an unknown option ends the walk.</summary>
    private static int SkipOptions(string[] words, int at, IEnumerable<Option> options)
    {
        var byName = options
            .SelectMany(option => option.Aliases.Append(option.Name).Select(name => (name, option)))
            .ToDictionary(entry => entry.name, entry => entry.option);

        while (at < words.Length && words[at] is ['-', _, ..] word && word != "--")
        {
            if (!TryFind(word, byName, out var takesNextWord))
            {
                return at;
            }

            at += takesNextWord ? 2 : 1;
        }

        return at;
    }

    private static bool TryFind(string word, Dictionary<string, Option> byName, out bool takesNextWord)
    {
        takesNextWord = false;
        if (byName.TryGetValue(word, out var option))
        {
            takesNextWord = option.Arity.MinimumNumberOfValues > 0;
            return true;
        }

        if (word.IndexOfAny(['=', ':']) is var separator and > 0 && byName.ContainsKey(word[..separator]))
        {
            return true;
        }

        return !word.StartsWith("--", StringComparison.Ordinal) && TryUnbundle(word, byName, out takesNextWord);
    }

    // -qw DIR and -wDIR: flags, of which the last may take a value, in the same word or in the next.
    private static bool TryUnbundle(string word, Dictionary<string, Option> byName, out bool takesNextWord)
    {
        takesNextWord = false;
        for (var i = 1; i < word.Length; i++)
        {
            if (!byName.TryGetValue($"-{word[i]}", out var option))
            {
                return false;
            }

            if (option.Arity.MinimumNumberOfValues > 0)
            {
                takesNextWord = i == word.Length - 1;
                return true;
            }
        }

        return true;
    }
}
