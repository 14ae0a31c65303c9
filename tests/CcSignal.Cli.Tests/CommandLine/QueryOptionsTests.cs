using System.CommandLine;
using CcSignal.Cli.CommandLine;
using CcSignal.Contracts;

namespace CcSignal.Cli.Tests.CommandLine;

public sealed class QueryOptionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly QueryOptions _options = new(TimeProvider.System);
    private readonly RootCommand _command = new("x");

    public QueryOptionsTests() => _options.AddTo(_command);

    [Fact]
    public void With_nothing_said_only_what_has_not_ended_is_listed() =>
        Read().States.ShouldBe([ExecutionState.Queued, ExecutionState.Running, ExecutionState.Paused]);

    [Theory]
    [InlineData("--all")]
    [InlineData("--cause exited")]
    public void What_has_ended_is_listed_when_it_is_asked_for(string typed) => Read(typed.Split(' ')).States.ShouldBeNull();

    [Fact]
    public void Every_filter_reaches_its_field()
    {
        var query = Read("--state ended --state paused --cause timedOut --cause LOST --tag a=b --profile p --owner o --command make -n 7".Split(' '));

        query.States.ShouldBe([ExecutionState.Ended, ExecutionState.Paused]);
        query.Causes.ShouldBe([EndCause.TimedOut, EndCause.Lost]);
        (query.Tag, query.Profile, query.Owner, query.Command, query.Limit).ShouldBe(("a=b", "p", "o", "make", 8));
    }

    [Theory]
    [InlineData("2h", "2026-11-22T10:00:00Z")]
    [InlineData("2026-11-20T10:00Z", "2026-11-20T10:00:00Z")]
    public void A_moment_is_a_time_ago_or_a_date(string text, string moment) =>
        QueryOptions.Milliseconds(text, Now).ShouldBe(DateTimeOffset.Parse(moment, null).ToUnixTimeMilliseconds());

    [Theory]
    [InlineData("--state 1", "'1' is none of queued, running, paused, ended")]
    [InlineData("--since whenever", "'whenever' is not a time ago")]
    [InlineData("--since 99999999999999", "'99999999999999' is not a time ago")]
    [InlineData("-n 0", "must be 1 or more")]
    [InlineData("--limit -5", "must be 1 or more")]
    public void A_value_that_is_none_is_named(string typed, string message) => _command.Parse(typed.Split(' ')).Errors[0].Message.ShouldContain(message);

    [Theory]
    [InlineData(1, 2)]
    [InlineData(499, 500)]
    [InlineData(500, 500)]
    [InlineData(int.MaxValue, 500)]
    public void A_page_holds_one_more_than_is_shown_as_far_as_the_server_allows(int limit, int page) => Read("-n", $"{limit}").Limit.ShouldBe(page);

    private ExecutionQuery Read(params string[] words)
    {
        var parsed = _command.Parse(words);
        parsed.Errors.ShouldBeEmpty();
        return _options.Read(parsed);
    }
}
