using CcSignal.Contracts;

namespace CcSignal.Execution.Tests;

/// <summary>What callers can rely on: repeats, limits of the queue, and that others' executions are as unknown as none.</summary>
public sealed class ExecutionServiceTests
{
    private static readonly Caller Ann = new("ann", Administrator: false);
    private static readonly Caller Bob = new("bob", Administrator: false);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_id_and_request_many_times_at_once_is_one_execution()
    {
        await using var engine = await Engine.StartAsync();
        var marker = Path.Combine(engine.WorkingDirectory, "count");
        var request = new ExecutionRequest { Id = "once", Command = "sh", Arguments = ["-c", $"echo x >> '{marker}'"] };

        var infos = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => engine.Service.StartAsync(request, Ann))));
        await engine.FollowToEndAsync("once");
        var late = await engine.Service.StartAsync(request, Ann);

        infos.ShouldAllBe(info => info.Id == "once");
        late.State.ShouldBe(ExecutionState.Ended);
        File.ReadAllText(marker).ShouldBe("x\n");
    }

    [Fact]
    public async Task The_same_id_with_another_request_or_of_another_owner_is_a_conflict()
    {
        await using var engine = await Engine.StartAsync();
        var request = Engine.Request("echo", "one") with { Id = "taken" };
        await engine.Service.StartAsync(request, Ann);

        var other = await Should.ThrowAsync<RefusedException>(() => engine.Service.StartAsync(request with { Arguments = ["echo", "two"] }, Ann));
        var foreign = await Should.ThrowAsync<RefusedException>(() => engine.Service.StartAsync(request, Bob));

        other.Code.ShouldBe(ErrorCodes.Conflict);
        foreign.Code.ShouldBe(ErrorCodes.Conflict);
        (await engine.FollowToEndAsync("taken")).Text().ShouldBe("one\n");
    }

    [Fact]
    public async Task An_execution_of_another_is_as_unknown_as_none()
    {
        await using var engine = await Engine.StartAsync();
        var id = (await engine.Service.StartAsync(Engine.Request("sleep", "600"), Ann)).Id;

        var calls = new Func<string, Task>[]
        {
            wanted => engine.Service.GetAsync(wanted, Bob, Token),
            wanted => engine.Service.CancelAsync(wanted, null, Bob, Token),
            wanted => engine.Service.FollowAsync(wanted, null, Bob, Token),
            wanted => engine.Service.OpenRecordingAsync(wanted, Bob, Token),
        };
        foreach (var call in calls)
        {
            var foreign = await Should.ThrowAsync<RefusedException>(() => call(id));
            var unknown = await Should.ThrowAsync<RefusedException>(() => call("nothing"));
            foreign.Code.ShouldBe(ErrorCodes.NotFound);
            foreign.Message.Replace(id, "nothing", StringComparison.Ordinal).ShouldBe(unknown.Message);
        }

        (await engine.Service.ListAsync(null, Bob, Token)).Items.ShouldBeEmpty();
        (await engine.Service.ListAsync(new ExecutionQuery { Owner = "ann" }, Bob, Token)).Items.ShouldBeEmpty();
        (await engine.Service.ListAsync(null, Ann, Token)).Items.Single().Id.ShouldBe(id);
        (await engine.Service.GetAsync(id, Engine.Admin, Token)).Owner.ShouldBe("ann");
        await engine.Service.CancelAsync(id, null, Engine.Admin, Token);
        (await engine.FollowToEndAsync(id)).End().By.ShouldBe("admin");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no-such")]
    [InlineData("../../etc/passwd")]
    public async Task An_unknown_id_is_not_found(string? id)
    {
        await using var engine = await Engine.StartAsync();

        (await Should.ThrowAsync<RefusedException>(() => engine.Service.GetAsync(id, Ann, Token))).Code.ShouldBe(ErrorCodes.NotFound);
    }

    [Fact]
    public async Task One_more_than_may_wait_is_refused_and_starts_nothing()
    {
        await using var engine = await Engine.StartAsync("auto", ("CcSignal:Admission:MaxRunning", "1"), ("CcSignal:Admission:MaxQueued", "2"));
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add((await engine.Service.StartAsync(Engine.Request("sleep", "600"), Ann)).Id);
            await engine.FollowAsync(ids[0]).FirstAsync(item => item.Kind == EventKind.Output, Token);
        }

        var refusal = await Should.ThrowAsync<RefusedException>(() => engine.Service.StartAsync(Engine.Request("echo", "x") with { Id = "refused" }, Ann));

        refusal.Code.ShouldBe(ErrorCodes.QueueFull);
        (await Should.ThrowAsync<RefusedException>(() => engine.Service.GetAsync("refused", Ann, Token))).Code.ShouldBe(ErrorCodes.NotFound);
        (await engine.Service.GetAsync(ids[1], Ann, Token)).QueuePosition.ShouldBe(1);
        (await engine.Service.GetAsync(ids[2], Ann, Token)).QueuePosition.ShouldBe(2);
        foreach (var id in Enumerable.Reverse(ids))
        {
            await engine.Service.CancelAsync(id, null, Ann, Token);
        }
    }

    [Fact]
    public async Task Waiting_too_long_ends_it_and_it_never_starts()
    {
        await using var engine = await Engine.StartAsync("auto", ("CcSignal:Admission:MaxRunning", "1"));
        var first = (await engine.Service.StartAsync(Engine.Request("sleep", "600"), Ann)).Id;

        var events = await engine.RunAsync(Engine.Request("echo", "never") with { QueueTimeoutSeconds = 0.5 });

        events.End().Cause.ShouldBe(EndCause.QueueTimedOut);
        events.Last().Info!.StartedAt.ShouldBeNull();
        await engine.Service.CancelAsync(first, null, Ann, Token);
    }

    [Fact]
    public async Task A_free_place_goes_to_the_higher_priority_and_then_to_the_older()
    {
        await using var engine = await Engine.StartAsync("auto", ("CcSignal:Admission:MaxRunning", "1"));
        var order = Path.Combine(engine.WorkingDirectory, "order");
        var first = (await engine.Service.StartAsync(Engine.Request("sleep", "600"), Ann)).Id;
        await engine.FollowAsync(first).FirstAsync(item => item.Kind == EventKind.Output, Token);
        var ids = new List<string>();
        foreach (var (name, priority) in new[] { ("a", 0), ("b", 5), ("c", 0), ("d", 5), ("e", -1) })
        {
            var request = new ExecutionRequest { Command = "sh", Arguments = ["-c", $"printf {name} >> '{order}'"], Priority = priority };
            ids.Add((await engine.Service.StartAsync(request, Ann)).Id);
        }

        await engine.Service.CancelAsync(first, null, Ann, Token);
        foreach (var id in ids)
        {
            await engine.FollowToEndAsync(id);
        }

        File.ReadAllText(order).ShouldBe("bdace");
    }

    [Fact]
    public async Task Executions_that_share_an_exclusive_key_run_one_after_another()
    {
        await using var engine = await Engine.StartAsync("auto", ("CcSignal:Admission:MaxRunning", "4"));
        var log = Path.Combine(engine.WorkingDirectory, "log");
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            var request = new ExecutionRequest
            {
                Command = "sh",
                Arguments = ["-c", $"printf '<{i}' >> '{log}'; '{TestKit.Child.Path}' lines 2 100; printf '{i}>' >> '{log}'"],
                ExclusiveKey = "one",
            };
            ids.Add((await engine.Service.StartAsync(request, Ann)).Id);
        }

        foreach (var id in ids)
        {
            await engine.FollowToEndAsync(id);
        }

        File.ReadAllText(log).ShouldBe("<00><11><22><33>");
    }

    [Fact]
    public async Task Values_of_environment_variables_are_nowhere_in_what_is_told_or_kept()
    {
        const string secret = "canary-7d1f0c";
        await using var engine = await Engine.StartAsync();

        var events = await engine.RunAsync(Engine.Request("echo", "x") with { Environment = new Dictionary<string, string> { ["API_KEY"] = secret } });

        System.Text.Json.JsonSerializer.Serialize(events.Select(item => item.Info), WireJson.Options).ShouldNotContain(secret);
        foreach (var file in Directory.EnumerateFiles(engine.DataDirectory, "*", SearchOption.AllDirectories))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var text = new StreamReader(stream, System.Text.Encoding.Latin1);
            (await text.ReadToEndAsync(Token)).ShouldNotContain(secret, Case.Sensitive, file);
        }
    }
}
