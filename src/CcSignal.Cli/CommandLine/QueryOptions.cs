using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using CcSignal.Cli.Wording;
using CcSignal.Contracts;

namespace CcSignal.Cli.CommandLine;

/// <summary>Which executions: the fields of an <see cref="ExecutionQuery"/>.</summary>
internal sealed class QueryOptions
{
    private readonly Option<bool> _all = new("--all", "-a") { Description = "Also those that have ended." };
    private readonly Option<ExecutionState[]> _states = Several<ExecutionState>("--state", "STATE", "In this state (queued, running, paused, ended). Repeatable.");
    private readonly Option<EndCause[]> _causes = Several<EndCause>("--cause", "CAUSE", "Ended for this cause (exited, timedOut, ...). Repeatable.");
    private readonly Option<string?> _tag = new("--tag") { Description = "With this label.", HelpName = "NAME[=VALUE]" };
    private readonly Option<string?> _profile = new("--profile") { Description = "Under this policy.", HelpName = "NAME" };
    private readonly Option<string?> _owner = new("--owner") { Description = "Started by this owner.", HelpName = "NAME" };
    private readonly Option<string?> _command = new("--command") { Description = "With this in the command line.", HelpName = "TEXT" };
    private readonly Option<long?> _since;
    private readonly Option<long?> _until;

    public QueryOptions(TimeProvider time)
    {
        Limit.Validators.Add(option =>
        {
            if (option.GetValueOrDefault<int>() < 1)
            {
                option.AddError($"{Limit.Name} must be 1 or more.");
            }
        });
        _since = OptionForms.Moment("--since", "Accepted since: a time ago (2h), or a date.", time);
        _until = OptionForms.Moment("--until", "Accepted before: a time ago (2h), or a date.", time);
    }

    /// <summary>How many to show.</summary>
    public Option<int> Limit { get; } = new("-n", "--limit") { Description = "At most so many.", HelpName = "N", DefaultValueFactory = _ => 50 };

    /// <summary>Puts everything on <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        Option[] options = [_all, _states, _causes, _tag, _profile, _owner, _command, _since, _until, Limit];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The query that <paramref name="words"/> make.</summary>
    public ExecutionQuery Read(ParseResult words)
    {
        var states = words.GetValue(_states) ?? [];
        var causes = words.GetValue(_causes) ?? [];
        return new ExecutionQuery
        {
            States = states.Length > 0 ? states
                : words.GetValue(_all) || causes.Length > 0 ? null
                : [ExecutionState.Queued, ExecutionState.Running, ExecutionState.Paused],
            Causes = causes.Length > 0 ? causes : null,
            Tag = words.GetValue(_tag),
            Profile = words.GetValue(_profile),
            Owner = words.GetValue(_owner),
            Command = words.GetValue(_command),
            Since = words.GetValue(_since),
            Until = words.GetValue(_until),
            // One more than is shown, to know whether there are more.
            Limit = Math.Min(words.GetValue(Limit), Limits.MaxPage - 1) + 1,
        };
    }

    /// <summary>A moment as Unix milliseconds; null: <paramref name="text"/> is none.</summary>
    public static long? Milliseconds(string text, DateTimeOffset now) =>
        DurationText.Seconds(text) is { } ago ? Before(now, ago)
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var date) ? date.ToUnixTimeMilliseconds()
        : null;

    private static long? Before(DateTimeOffset now, double seconds) =>
        seconds <= (now - DateTimeOffset.UnixEpoch).TotalSeconds ? now.AddSeconds(-seconds).ToUnixTimeMilliseconds() : null;

    private static Option<T[]> Several<T>(string name, string helpName, string description)
        where T : struct, Enum => new(name)
        {
            Description = description,
            HelpName = helpName,
            Arity = ArgumentArity.OneOrMore,
            DefaultValueFactory = _ => [],
            CustomParser = words => [.. words.Tokens.Select(word => One<T>(word.Value, words)).OfType<T>()],
        };

    private static T? One<T>(string text, ArgumentResult words)
        where T : struct, Enum
    {
        if (Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsDigit(text[0]))
        {
            return value;
        }

        words.AddError($"'{text}' is none of {string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName))}.");
        return null;
    }
}
