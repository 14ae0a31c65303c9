using CcSignal.Contracts;
using CcSignal.Execution.Watching;

namespace CcSignal.Execution.Tests.Watching;

/// <summary>What somebody sees who watches the executions of a real engine.</summary>
public sealed class WatchTests
{
    private static readonly Caller Ann = new("ann", Administrator: false);
    private static readonly Caller Bob = new("bob", Administrator: false);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task First_come_all_that_live_and_the_newest_that_have_ended()
    {
        await using var engine = await Engine.StartAsync();
        var ended = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            ended.Add((await engine.RunAsync("exit", "0"))[^1].Info!.Id);
        }

        var living = await engine.Service.StartAsync(Engine.Request("sleep", "600"), Engine.Admin);
        await using var watch = new Watched(engine.Watches.Open(new ExecutionQuery { Limit = 2 }, Engine.Admin, Token));

        (await watch.TakeAsync(3)).Select(info => info.Id).ShouldBe([living.Id, ended[2], ended[1]]);
    }

    [Fact]
    public async Task A_new_one_is_told_and_each_of_its_changes_to_its_end()
    {
        await using var engine = await Engine.StartAsync();
        await using var watch = new Watched(engine.Watches.Open(null, Engine.Admin, Token));

        var started = await engine.Service.StartAsync(Engine.Request("sleep", "600"), Engine.Admin);
        var running = await watch.UntilAsync(info => info.State == ExecutionState.Running);
        await engine.Service.PauseAsync(started.Id, Engine.Admin, Token);
        await watch.UntilAsync(info => info.State == ExecutionState.Paused);
        await engine.Service.CancelAsync(started.Id, "enough", Engine.Admin, Token);
        var end = await watch.UntilAsync(info => info.State == ExecutionState.Ended);

        (running.Id, running.ProcessId is > 0, end.Id).ShouldBe((started.Id, true, started.Id));
        (end.End!.Cause, end.End.Message).ShouldBe((EndCause.Cancelled, "enough"));
    }

    [Fact]
    public async Task Growing_output_is_a_change()
    {
        await using var engine = await Engine.StartAsync();
        await using var watch = new Watched(engine.Watches.Open(null, Engine.Admin, Token));

        await engine.Service.StartAsync(Engine.Request("lines", "1000000", "20"), Engine.Admin);
        var one = await watch.UntilAsync(info => info.StdoutBytes > 0);
        var two = await watch.UntilAsync(info => info.StdoutBytes > one.StdoutBytes);

        (one.State, two.State, two.Sequence > one.Sequence).ShouldBe((ExecutionState.Running, ExecutionState.Running, true));
    }

    [Fact]
    public async Task One_that_was_told_and_does_not_match_any_more_is_told_once_more_and_others_never()
    {
        await using var engine = await Engine.StartAsync("auto", ("CcSignal:Admission:MaxRunning", "1"));
        await using var watch = new Watched(engine.Watches.Open(new ExecutionQuery { States = [ExecutionState.Running] }, Engine.Admin, Token));

        var first = await engine.Service.StartAsync(Engine.Request("sleep", "600"), Engine.Admin);
        await watch.UntilAsync(info => info.State == ExecutionState.Running);
        var waiting = await engine.Service.StartAsync(Engine.Request("sleep", "600"), Engine.Admin);
        await engine.Service.CancelAsync(waiting.Id, null, Engine.Admin, Token);
        await engine.Service.CancelAsync(first.Id, null, Engine.Admin, Token);
        var next = await watch.UntilAsync(info => info.State != ExecutionState.Running);

        (next.Id, next.State).ShouldBe((first.Id, ExecutionState.Ended));
        watch.Seen.Select(info => info.Id).ShouldNotContain(waiting.Id);
    }

    [Fact]
    public async Task Executions_of_others_are_not_seen()
    {
        await using var engine = await Engine.StartAsync();
        await engine.Service.StartAsync(Engine.Request("sleep", "600"), Bob);
        await using var watch = new Watched(engine.Watches.Open(new ExecutionQuery { Owner = "bob" }, Ann, Token));

        await engine.Service.StartAsync(Engine.Request("sleep", "600"), Bob);
        await engine.Service.StartAsync(Engine.Request("exit", "0"), Ann);
        await watch.UntilAsync(info => info.State == ExecutionState.Ended);

        watch.Seen.ShouldAllBe(info => info.Owner == "ann");
    }

    [Fact]
    public async Task Nothing_is_lost_between_what_there_was_and_what_comes()
    {
        await using var engine = await Engine.StartAsync();
        var query = new ExecutionQuery { Tag = "mine", Limit = 500 };
        var starts = Task.Run(async () =>
        {
            var ids = new List<string>();
            for (var i = 0; i < 20; i++)
            {
                var request = Engine.Request("exit", "0") with { Tags = new Dictionary<string, string> { ["mine"] = "yes" } };
                ids.Add((await engine.Service.StartAsync(request, Engine.Admin)).Id);
            }

            return ids;
        }, Token);
        var watches = new List<Watched>();
        while (!starts.IsCompleted && watches.Count < 4)
        {
            watches.Add(new Watched(engine.Watches.Open(query, Engine.Admin, Token)));
            await watches[^1].TakeAsync(1);
        }

        var ids = await starts;
        foreach (var watch in watches)
        {
            await watch.UntilAllAsync(seen => ids.All(id => seen.Any(info => info.Id == id && info.State == ExecutionState.Ended)));
            await watch.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_cursor_of_a_list_is_refused()
    {
        await using var engine = await Engine.StartAsync();

        var refusal = Should.Throw<RefusedException>(() => engine.Watches.Open(new ExecutionQuery { After = "0000000000000001" }, Ann, Token));

        refusal.Code.ShouldBe(ErrorCodes.InvalidRequest);
    }
}
