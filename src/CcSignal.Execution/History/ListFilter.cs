using System.Text.Json;
using CcSignal.Contracts;

namespace CcSignal.Execution.History;

/// <summary>A query, checked and in the store's own terms.</summary>
internal sealed record ListFilter
{
    /// <summary>Only numbers below.</summary>
    public required long Before { get; init; }

    /// <summary>Only numbers from here.</summary>
    public required long From { get; init; }

    /// <summary>At most so many.</summary>
    public required int Limit { get; init; }

    /// <summary>Of this owner.</summary>
    public string? Owner { get; init; }

    /// <summary>Under this profile.</summary>
    public string? Profile { get; init; }

    /// <summary>In one of these states (<see cref="StoredState"/>); empty: in any.</summary>
    public IReadOnlyList<string> States { get; init; } = [];

    /// <summary>Ended for one of these causes, as the wire names them; empty: any.</summary>
    public IReadOnlyList<string> Causes { get; init; } = [];

    /// <summary>With a tag of this name.</summary>
    public string? TagName { get; init; }

    /// <summary>And with this value.</summary>
    public string? TagValue { get; init; }

    /// <summary>With this in its folded command line.</summary>
    public string? Command { get; init; }

    /// <summary>Checks a query.</summary>
    /// <param name="query">As a client sent it; an empty list or text asks for nothing.</param>
    /// <param name="onlyOwner">The only owner whose executions may be seen; null: every one.</param>
    /// <exception cref="RefusedException">A field is wrong; the message names it.</exception>
    public static ListFilter Of(ExecutionQuery query, string? onlyOwner)
    {
        if (query.Limit is < 1 or > Limits.MaxPage)
        {
            throw new RefusedException(ErrorCodes.InvalidRequest, $"'limit' is {query.Limit}; it must be 1 to {Limits.MaxPage}.");
        }

        if (query.Tag is "" || query.Tag?[0] == '=')
        {
            throw new RefusedException(ErrorCodes.InvalidRequest, "'tag' has no name; it must be 'name' or 'name=value'.");
        }

        var tag = query.Tag?.Split('=', 2);
        var until = query.Until is { } moment ? ExecutionNumber.FirstAt(moment) : long.MaxValue;
        return new ListFilter
        {
            Before = string.IsNullOrEmpty(query.After) ? until : Math.Min(until, PageCursor.Read(query.After)),
            From = query.Since is { } since ? ExecutionNumber.FirstAt(since) : 0,
            Limit = query.Limit,
            Owner = onlyOwner ?? Given(query.Owner),
            Profile = Given(query.Profile),
            States = [.. (query.States ?? []).Distinct().SelectMany(StoredState.FromWire)],
            Causes = [.. (query.Causes ?? []).Distinct().Select(WireName)],
            TagName = tag?[0],
            TagValue = tag is [_, var value] ? value : null,
            Command = Given(query.Command) is { } command ? CommandLine.Fold(command) : null,
        };
    }

    /// <summary>A cause as the wire names it.</summary>
    public static string WireName(EndCause cause) => JsonNamingPolicy.CamelCase.ConvertName(cause.ToString());

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
