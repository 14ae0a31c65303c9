using System.CommandLine;
using System.CommandLine.Parsing;
using CcSignal.Cli.Wording;

namespace CcSignal.Cli.CommandLine;

/// <summary>Options whose values have a form of their own.</summary>
internal static class OptionForms
{
    /// <summary>An option with a duration, in seconds.</summary>
    public static Option<double?> Duration(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = word => Parse(word, DurationText.Seconds, "a time like 90s, 5m or 1h30m"),
    };

    /// <summary>An option with a size, in bytes.</summary>
    public static Option<long?> Size(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "SIZE",
        CustomParser = word => Parse(word, SizeText.Bytes, "a size like 512k, 10M or 2G"),
    };

    /// <summary>An option with a moment, as Unix milliseconds.</summary>
    public static Option<long?> Moment(string name, string description, TimeProvider time) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = word => Parse(word, text => QueryOptions.Milliseconds(text, time.GetUtcNow()), "a time ago like 2h or a date like 2026-11-22T13:00"),
    };

    /// <summary>Where in a recording to begin.</summary>
    public static Option<long> From() => new("--from")
    {
        Description = "Begin at this sequence number.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    /// <summary>An option with any number of words.</summary>
    public static Option<string[]> Words(string name, string helpName, string description, params string[] aliases) => new(name, aliases)
    {
        Description = description,
        HelpName = helpName,
        Arity = ArgumentArity.OneOrMore,
        DefaultValueFactory = _ => [],
    };

    private static T? Parse<T>(ArgumentResult word, Func<string, T?> parse, string form)
        where T : struct
    {
        var text = word.Tokens[0].Value;
        var value = parse(text);
        if (value is null)
        {
            word.AddError($"'{text}' is not {form}.");
        }

        return value;
    }
}
