using System.Diagnostics;
using CcSignal.Contracts;
using CcSignal.Execution.History;
using CcSignal.Execution.History.Sqlite;
using static CcSignal.Execution.Tests.History.TemporaryHistory;

namespace CcSignal.Execution.Tests.History;

/// <summary>Prints what the store does here; nothing is asserted about time. Run with <c>-explicit only -showLiveOutput</c>.</summary>
public sealed class HistoryFigures(ITestOutputHelper output)
{
    [Theory(Explicit = true, Timeout = 600_000)]
    [InlineData(1, "Process")]
    [InlineData(8, "Process")]
    [InlineData(64, "Process")]
    [InlineData(1, "Power")]
    [InlineData(64, "Power")]
    public async Task Executions_per_second_from_start_to_end(int callers, string durability)
    {
        await using var history = new TemporaryHistory();
        history.Options.Durability = Enum.Parse<Durability>(durability);
        var store = await history.OpenReadyAsync();
        await RunAllAsync(store, callers, 200);
        var count = callers == 1 ? 2000 : 8000;

        var clock = Stopwatch.StartNew();
        var cpu = Environment.CpuUsage.TotalTime;
        await RunAllAsync(store, callers, count);

        var (seconds, work) = (clock.Elapsed.TotalSeconds, Environment.CpuUsage.TotalTime - cpu);
        output.WriteLine($"{durability}, {callers} callers: {count / seconds:F0} executions a second (start, claim, started, end), {work.TotalMicroseconds / count:F0} µs of CPU each");
    }

    [Fact(Explicit = true, Timeout = 600_000)]
    public async Task Pages_of_a_long_history()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        var clock = Stopwatch.StartNew();
        await RunAllAsync(store, 64, 100_000);
        output.WriteLine($"100,000 executions in {clock.Elapsed.TotalSeconds:F1} s, {new FileInfo(history.DatabaseFile).Length / 1e6:F0} MB");

        var query = new ExecutionQuery();
        var cursors = new List<string?> { null };
        while (cursors.Count < 1001)
        {
            cursors.Add((await store.ListAsync(query with { After = cursors[^1] }, null, CancellationToken.None)).Next);
        }

        await MeasureAsync("page 1", () => store.ListAsync(query, null, CancellationToken.None));
        await MeasureAsync("page 1,000", () => store.ListAsync(query with { After = cursors[1000] }, null, CancellationToken.None));
        foreach (var (name, filter) in new (string, ExecutionQuery)[]
        {
            ("owner", new() { Owner = "owner7" }),
            ("active", new() { States = [ExecutionState.Queued, ExecutionState.Running] }),
            ("ended", new() { States = [ExecutionState.Ended] }),
            ("two causes of an owner", new() { Causes = [EndCause.Lost, EndCause.Exited], Owner = "owner7" }),
            ("tag and value", new() { Tag = "n=7" }),
            ("tag and value of an owner", new() { Tag = "n=7", Owner = "owner7" }),
            ("command found", new() { Command = "HELLO 123" }),
            ("command not found", new() { Command = "nothing of the kind" }),
        })
        {
            await MeasureAsync(name, () => store.ListAsync(filter, null, CancellationToken.None));
        }

        await MeasureAsync("get", async () => (await store.GetAsync("none", CancellationToken.None)) is null);
        clock.Restart();
        await using var again = await SqliteExecutionStore.OpenAsync(history.DataDirectory, history.Options, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<SqliteExecutionStore>.Instance);
        await again.ReconcileAsync();
        output.WriteLine($"open and reconcile: {clock.Elapsed.TotalMilliseconds:F0} ms");
    }

    /// <summary>CCSIGNAL_FIGURES_EXECUTIONS says how many; a million by default. Of each filter the first page is asked for 200 times, and all pages once until 50 are found.</summary>
    [Fact(Explicit = true, Timeout = 1_800_000)]
    public async Task Filters_of_a_million()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("CCSIGNAL_FIGURES_EXECUTIONS") ?? "1000000", System.Globalization.CultureInfo.InvariantCulture);
        await using var history = new TemporaryHistory();
        await using (await history.OpenAsync())
        {
        }

        var clock = Stopwatch.StartNew();
        LongHistory.Fill(history.DatabaseFile, count, TimeProvider.System.GetUtcNow());
        output.WriteLine($"{count} executions made in {clock.Elapsed.TotalSeconds:F0} s, {new FileInfo(history.DatabaseFile).Length / 1e6:F0} MB");
        clock.Restart();
        var store = await history.OpenReadyAsync();
        output.WriteLine($"opened and reconciled in {clock.Elapsed.TotalMilliseconds:F0} ms");
        await RunAllAsync(store, 8, 50);

        var all = new List<(double Wall, double Cpu)>();
        foreach (var (name, query) in Filters(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), count))
        {
            var (found, pages, total) = await WalkAsync(store, query, 50);
            var times = await TimesAsync(() => store.ListAsync(query, null, CancellationToken.None));
            all.AddRange(times);
            output.WriteLine(
                $"| {name} | {times.Select(t => t.Wall).Percentile(50):F2} | {times.Select(t => t.Wall).Percentile(99):F2} | {times.Select(t => t.Cpu).Percentile(50):F2} | {times.Select(t => t.Cpu).Percentile(99):F2} | {found} in {pages} | {total:F0} |");
        }

        output.WriteLine(
            $"| all {all.Count} pages | {all.Select(t => t.Wall).Percentile(50):F2} | {all.Select(t => t.Wall).Percentile(99):F2} | {all.Select(t => t.Cpu).Percentile(50):F2} | {all.Select(t => t.Cpu).Percentile(99):F2} | | |");
        await RunAllAsync(store, 64, 8000);
        clock.Restart();
        await RunAllAsync(store, 64, 8000);
        output.WriteLine($"64 callers: {8000 / clock.Elapsed.TotalSeconds:F0} executions a second (start, claim, started, end)");
        await ForgetAsync(store, 5000);
    }

    // As retention does, while somebody starts.
    private async Task ForgetAsync(SqliteExecutionStore store, int count)
    {
        var starts = new List<double>();
        var clock = Stopwatch.StartNew();
        var forgetting = Task.Run(async () =>
        {
            for (long after = 0, gone = 0; gone < count; gone += 100)
            {
                var oldest = await store.OldestEndedAsync(null, after, 100, CancellationToken.None);
                await store.RemoveAsync([.. oldest.Select(execution => execution.Number)]);
                after = oldest[^1].Number;
            }

            while (await store.CompactAsync())
            {
            }
        });
        while (!forgetting.IsCompleted)
        {
            var start = Stopwatch.StartNew();
            await store.StartAsync(New(store, maxQueued: 1_000_000));
            starts.Add(start.Elapsed.TotalMilliseconds);
        }

        await forgetting;
        starts.Sort();
        output.WriteLine($"{count} forgotten in {clock.Elapsed.TotalSeconds:F1} s; starts meanwhile: p50 {starts[starts.Count / 2]:F2} ms, p99 {starts[starts.Count * 99 / 100]:F2} ms");
    }

    private static IEnumerable<(string Name, ExecutionQuery Query)> Filters(long now, int count)
    {
        var half = now - count * 500L;
        var single = new (string Name, Func<ExecutionQuery, ExecutionQuery> With)[]
        {
            ("owner", q => q with { Owner = "owner7" }),
            ("rare owner", q => q with { Owner = "seldom" }),
            ("profile", q => q with { Profile = "profile1" }),
            ("rare profile", q => q with { Profile = "rare" }),
            ("active", q => q with { States = [ExecutionState.Queued, ExecutionState.Running] }),
            ("ended", q => q with { States = [ExecutionState.Ended] }),
            ("exited", q => q with { Causes = [EndCause.Exited] }),
            ("timed out", q => q with { Causes = [EndCause.TimedOut] }),
            ("lost (none)", q => q with { Causes = [EndCause.Lost] }),
            ("tag name", q => q with { Tag = "team" }),
            ("tag and value", q => q with { Tag = "team=team7" }),
            ("tag of one", q => q with { Tag = "run=777" }),
            ("command", q => q with { Command = "refactor" }),
            ("two letters", q => q with { Command = "gi" }),
            ("command of one", q => q with { Command = "NEEDLE" }),
            ("command of none", q => q with { Command = "nothing of the kind" }),
            ("older half", q => q with { Until = half }),
        };
        yield return ("nothing", new ExecutionQuery());
        foreach (var one in single)
        {
            yield return (one.Name, one.With(new ExecutionQuery()));
        }

        for (var i = 0; i < single.Length; i++)
        {
            for (var j = i + 1; j < single.Length; j++)
            {
                var both = single[j].With(single[i].With(new ExecutionQuery()));
                // A pair of one field is the second alone.
                if (both != single[j].With(new ExecutionQuery()))
                {
                    yield return ($"{single[i].Name}, {single[j].Name}", both);
                }
            }
        }
    }

    private static async Task<(int Found, int Pages, double Milliseconds)> WalkAsync(SqliteExecutionStore store, ExecutionQuery query, int enough)
    {
        var clock = Stopwatch.StartNew();
        var (found, pages) = (0, 0);
        do
        {
            var page = await store.ListAsync(query, null, CancellationToken.None);
            (found, pages) = (found + page.Items.Count, pages + 1);
            query = query with { After = page.Next };
        }
        while (query.After is not null && found < enough);

        return (found, pages, clock.Elapsed.TotalMilliseconds);
    }

    // The processor time beside the time: on a machine that others use, only the first tells of the store. A read is done by the thread that asks.
    private static async Task<List<(double Wall, double Cpu)>> TimesAsync<T>(Func<Task<T>> act)
    {
        var times = new List<(double, double)>();
        for (var i = 0; i < 200; i++)
        {
            var clock = Stopwatch.StartNew();
            var cpu = ThreadTime.Milliseconds;
            var done = act();
            cpu = ThreadTime.Milliseconds - cpu;
            await done;
            times.Add((clock.Elapsed.TotalMilliseconds, cpu));
        }

        return times;
    }

    [Fact(Explicit = true, Timeout = 600_000)]
    public async Task A_long_queue()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        foreach (var size in new[] { 1000, 10_000, 60_000 })
        {
            while ((await store.CountAsync(CancellationToken.None)).Queued < size)
            {
                await Task.WhenAll(Enumerable.Range(0, 500).Select(i => store.StartAsync(
                    New(store, new ExecutionRequest { Command = "echo", ExclusiveKey = i % 2 == 0 ? $"key{i % 20}" : null }, $"owner{i % 100}", maxQueued: 100_000))));
            }

            await MeasureAsync($"start with {size} queued", () => store.StartAsync(New(store, maxQueued: 100_000)));
            var places = (await store.CountAsync(CancellationToken.None)).Active;
            await MeasureAsync($"claim with {size} queued", () => store.ClaimAsync(++places));
        }
    }

    private async Task MeasureAsync<T>(string name, Func<Task<T>> act)
    {
        var first = Stopwatch.StartNew();
        await act();
        var cold = first.Elapsed.TotalMilliseconds;
        var times = new List<double>();
        var cpu = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < 200; i++)
        {
            var clock = Stopwatch.StartNew();
            await act();
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        var work = (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / times.Count;
        times.Sort();
        output.WriteLine($"{name}: first {cold:F1} ms, then p50 {times[100]:F2} ms, p99 {times[197]:F2} ms, {work:F2} ms of CPU");
    }

    private static async Task RunAllAsync(SqliteExecutionStore store, int callers, int count)
    {
        var left = count;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (var i = Interlocked.Decrement(ref left); i >= 0; i = Interlocked.Decrement(ref left))
            {
                var request = new ExecutionRequest
                {
                    Command = "echo",
                    Arguments = ["hello", i.ToString(System.Globalization.CultureInfo.InvariantCulture)],
                    Tags = new Dictionary<string, string> { ["n"] = (i % 100).ToString(System.Globalization.CultureInfo.InvariantCulture) },
                };
                await store.StartAsync(New(store, request, $"owner{i % 10}"));
                foreach (var claimed in await store.ClaimAsync(1000))
                {
                    await store.StartedAsync(claimed.Number, claimed.Token, Process(), claimed.Info.QueuedAt);
                    await store.EndAsync(claimed.Number, claimed.Token, Ended(claimed.Info));
                }
            }
        })));
    }
}
