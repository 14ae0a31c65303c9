using CcSignal.Contracts;
using CcSignal.Execution.History;
using CcSignal.Execution.History.Sqlite;
using static CcSignal.Execution.Tests.History.TemporaryHistory;

namespace CcSignal.Execution.Tests.History;

public sealed class ListTests(ITestOutputHelper output)
{
    private static readonly string[] Owners = ["anna", "bert", "clara"];
    private static readonly string[] Profiles = ["default", "agents", "builds"];
    private static readonly string[] Commands = ["make", "claude", "GRÖSSE", "100%_done"];
    private static readonly EndCause[] Causes = [EndCause.Exited, EndCause.Exited, EndCause.Cancelled, EndCause.TimedOut, EndCause.Lost];

    [Fact]
    public async Task Every_filter_gives_what_a_plain_search_of_everything_gives()
    {
        await using var history = new TemporaryHistory { Time = new SettableClock(1_800_000_000_000) };
        // The least there is, so that most walks take several short pages.
        history.Options.ScanBudget = 500;
        var store = await history.OpenReadyAsync();
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var all = await FillAsync(store, (SettableClock)history.Time, random, 1500);

        for (var round = 0; round < 100; round++)
        {
            var query = AnyQuery(random);
            var onlyOwner = random.Next(3) == 0 ? Pick(random, Owners) : null;

            var expected = all.Where(info => Matches(info, query, onlyOwner)).OrderByDescending(info => info.QueuedAt).Select(info => info.Id).ToList();
            var found = (await WalkAsync(store, query, onlyOwner)).Select(info => info.Id).ToList();

            found.ShouldBe(expected, $"{query}, only {onlyOwner}");
        }
    }

    [Fact]
    public async Task A_walk_neither_skips_nor_repeats_while_new_ones_arrive_and_old_ones_end()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        var before = new HashSet<string>();
        for (var i = 0; i < 400; i++)
        {
            var execution = New(store);
            await store.StartAsync(execution);
            before.Add(execution.Info.Id);
        }

        using var enough = new CancellationTokenSource();
        var arrivals = Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                await store.StartAsync(New(store));
                foreach (var claimed in await store.ClaimAsync(10))
                {
                    await store.EndAsync(claimed.Number, claimed.Token, Ended(claimed.Info));
                }
            }
        }, CancellationToken.None);
        for (var round = 0; round < 5; round++)
        {
            var walked = (await WalkAsync(store, new ExecutionQuery { Limit = 7 }, null)).Select(info => info.Id).ToList();

            walked.Distinct().Count().ShouldBe(walked.Count);
            before.IsSubsetOf(walked).ShouldBeTrue();
            walked[^400..].ToHashSet().SetEquals(before).ShouldBeTrue();
        }

        await enough.CancelAsync();
        await arrivals;
    }

    [Fact]
    public async Task A_rare_filter_gives_short_pages_that_go_on()
    {
        await using var history = new TemporaryHistory();
        history.Options.ScanBudget = 500;
        var store = await history.OpenReadyAsync();
        await store.StartAsync(New(store, new ExecutionRequest { Id = "needle", Command = "sew" }));
        await Task.WhenAll(Enumerable.Range(0, 1200).Select(_ => store.StartAsync(New(store))));

        var query = new ExecutionQuery { Command = "SEW" };
        var first = await store.ListAsync(query, null, CancellationToken.None);

        first.Items.ShouldBeEmpty();
        first.Next.ShouldNotBeNull();
        (await WalkAsync(store, query, null)).ShouldHaveSingleItem().Id.ShouldBe("needle");
    }

    [Fact]
    public async Task The_last_page_has_no_next_also_when_it_is_full()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        for (var i = 0; i < 4; i++)
        {
            await store.StartAsync(New(store));
        }

        var first = await store.ListAsync(new ExecutionQuery { Limit = 2 }, null, CancellationToken.None);
        var second = await store.ListAsync(new ExecutionQuery { Limit = 2, After = first.Next }, null, CancellationToken.None);

        first.Next.ShouldNotBeNull();
        second.Items.Count.ShouldBe(2);
        second.Next.ShouldBeNull();
    }

    [Theory]
    [InlineData("limit")]
    [InlineData("after")]
    [InlineData("tag")]
    public async Task A_wrong_field_is_refused_by_its_name(string field)
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        ExecutionQuery[] queries = field switch
        {
            "limit" => [new() { Limit = 0 }, new() { Limit = 501 }, new() { Limit = -1 }],
            "after" => [new() { After = "x" }, new() { After = "ffffffffffffffff" }, new() { After = "'; DROP TABLE executions" }, new() { After = "00000000000000001" }],
            _ => [new() { Tag = "" }, new() { Tag = "=value" }],
        };

        foreach (var query in queries)
        {
            var refusal = await Should.ThrowAsync<RefusedException>(() => store.ListAsync(query, null, CancellationToken.None));
            refusal.Code.ShouldBe(ErrorCodes.InvalidRequest);
            refusal.Message.ShouldContain($"'{field}'");
        }
    }

    private static async Task<List<ExecutionInfo>> WalkAsync(SqliteExecutionStore store, ExecutionQuery query, string? onlyOwner)
    {
        var found = new List<ExecutionInfo>();
        do
        {
            var page = await store.ListAsync(query, onlyOwner, CancellationToken.None);
            page.Items.Count.ShouldBeLessThanOrEqualTo(query.Limit);
            found.AddRange(page.Items);
            query = query with { After = page.Next };
        }
        while (query.After is not null);

        return found;
    }

    // One execution a millisecond, in every state, most of them ended as in life.
    private static async Task<List<ExecutionInfo>> FillAsync(SqliteExecutionStore store, SettableClock clock, Random random, int count)
    {
        var all = new Dictionary<string, ExecutionInfo>(count);
        for (var i = 0; i < count; i++)
        {
            clock.Now++;
            var execution = New(store, AnyRequest(random), Pick(random, Owners));
            await store.StartAsync(execution);
            all[execution.Info.Id] = execution.Info;
            if (random.Next(20) == 0)
            {
                all[execution.Info.Id] = Ended(execution.Info, EndCause.Cancelled);
                (await store.EndQueuedAsync(execution.Number, all[execution.Info.Id])).ShouldBeTrue();
            }
        }

        foreach (var claimed in await store.ClaimAsync(count * 9 / 10))
        {
            var fate = random.Next(20);
            if (fate == 0)
            {
                await store.StartedAsync(claimed.Number, claimed.Token, Process(), clock.Now);
                all[claimed.Info.Id] = claimed.Info with { State = ExecutionState.Running };
            }
            else if (fate > 1)
            {
                all[claimed.Info.Id] = Ended(claimed.Info, Pick(random, Causes));
                await store.EndAsync(claimed.Number, claimed.Token, all[claimed.Info.Id]);
            }
        }

        return [.. all.Values];
    }

    private static ExecutionRequest AnyRequest(Random random) => new()
    {
        Profile = Pick(random, Profiles),
        Command = Pick(random, Commands),
        Arguments = random.Next(2) == 0 ? [] : ["Straße", random.Next(50).ToString(System.Globalization.CultureInfo.InvariantCulture)],
        Tags = random.Next(3) == 0 ? null : new Dictionary<string, string> { ["branch"] = Pick(random, ["main", "dev", "a=b"]), [Pick(random, ["x", "y"])] = "1" },
    };

    private static ExecutionQuery AnyQuery(Random random)
    {
        T? Maybe<T>(Func<T> value) where T : class => random.Next(3) == 0 ? value() : null;
        return new ExecutionQuery
        {
            Owner = Maybe(() => Pick(random, Owners)),
            Profile = Maybe(() => Pick(random, Profiles)),
            States = Maybe(() => Some(random, Enum.GetValues<ExecutionState>())),
            Causes = Maybe(() => Some(random, Enum.GetValues<EndCause>())),
            Tag = Maybe(() => Pick(random, ["branch", "branch=main", "branch=a=b", "x", "y=1", "none"])),
            Command = Maybe(() => Pick(random, ["AKE", "größe", "strasse", "STRASSE", "straße 1", "0%_", "claude", "_"])),
            Since = random.Next(4) == 0 ? 1_800_000_000_000 + random.Next(1600) : null,
            Until = random.Next(4) == 0 ? 1_800_000_000_000 + random.Next(1600) : null,
            Limit = random.Next(1, 60),
        };
    }

    private static bool Matches(ExecutionInfo info, ExecutionQuery query, string? onlyOwner)
    {
        var tag = query.Tag?.Split('=', 2);
        var line = string.Join(' ', [info.Command, .. info.Arguments]);
        return (onlyOwner ?? query.Owner) is var owner && (owner is null || info.Owner == owner)
            && (query.Profile is null || info.Profile == query.Profile)
            && (query.States is null || query.States.Contains(info.State))
            && (query.Causes is null || (info.End is { } end && query.Causes.Contains(end.Cause)))
            && (tag is null || (info.Tags.TryGetValue(tag[0], out var value) && (tag.Length == 1 || tag[1] == value)))
            && (query.Command is null || line.Contains(query.Command, StringComparison.OrdinalIgnoreCase))
            && (query.Since is null || info.QueuedAt >= query.Since)
            && (query.Until is null || info.QueuedAt < query.Until);
    }

    private static T[] Some<T>(Random random, T[] from) => [.. random.GetItems(from, random.Next(1, 4)).Distinct()];

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];
}
