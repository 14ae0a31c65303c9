using CcSignal.Contracts;
using CcSignal.TestKit;

namespace CcSignal.Server.Tests.Hosting;

/// <summary>Server and keeper are killed together: the next ones go on with what lives, and say what they cannot know.</summary>
public sealed class WithoutKeeperTests
{
    private static readonly (string, string) Direct = ("CcSignal:Profiles:default:Output", "direct");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task What_lives_goes_on_and_can_be_cancelled()
    {
        using var data = new TempDirectory();
        await using var first = await ServerExecutable.StartAsync(data.Path, FreeAddress.Setting());
        var before = await RunningAsync(first, "lives", "sleep", "600");
        await first.KillAsync();

        await using var next = await ServerExecutable.StartAsync(data.Path, FreeAddress.Setting());
        var client = new Persistent(next);
        var after = await client.GetAsync("lives");
        await client.CallAsync(connected => connected.CancelAsync("lives", "enough", Cancelled));
        var events = await EventsAsync(next, "lives");

        (after.State, after.ProcessId, after.StartedAt).ShouldBe((ExecutionState.Running, before.ProcessId, before.StartedAt));
        events.ShouldContain(item => item.Kind == EventKind.Notice && item.Code == NoticeCodes.OutputLost);
        events[^1].Info!.End!.ShouldSatisfyAllConditions(end => end.Cause.ShouldBe(EndCause.Cancelled), end => end.Message.ShouldBe("enough"));
        first.LivingCommands.ShouldBeEmpty();
    }

    [Fact(Timeout = 120_000)]
    public async Task One_that_ends_by_itself_is_lost_because_nobody_recorded_it()
    {
        using var data = new TempDirectory();
        await using var first = await ServerExecutable.StartAsync(data.Path, FreeAddress.Setting());
        await RunningAsync(first, "ends", "sleep", "8");
        await first.KillAsync();

        await using var next = await ServerExecutable.StartAsync(data.Path, FreeAddress.Setting());
        var end = (await EventsAsync(next, "ends"))[^1].Info!.End!;

        end.Cause.ShouldBe(EndCause.Lost);
        end.Message!.ShouldContain("nobody held its pipes");
    }

    [Fact(Timeout = 120_000)]
    public async Task One_that_writes_its_recording_itself_loses_nothing()
    {
        const long Bytes = 20_000_000;
        Assert.SkipUnless(Environment.UserName == "root", "Only root may protect files.");
        using var data = new TempDirectory();
        await using var first = await ServerExecutable.StartAsync(data.Path, FreeAddress.Setting(), Direct);
        await RunningAsync(first, "direct", "in-two", $"{Bytes}", "10", "7", "5");
        await first.KillAsync();

        await using var next = await ServerExecutable.StartAsync(data.Path, FreeAddress.Setting(), Direct);
        var (info, sha256) = await new Persistent(next).FollowAsync("direct");

        info.End.ShouldBe(new ExecutionEnd { Cause = EndCause.Exited, ExitCode = 7 }, "the kernel tells whoever has held a descriptor of the process");
        sha256.ShouldBe(Child.Sha256(Bytes, 5));
    }

    [Fact(Timeout = 120_000)]
    public async Task How_it_ended_while_there_was_no_server_nobody_can_know()
    {
        const long Bytes = 20_000_000;
        Assert.SkipUnless(Environment.UserName == "root", "Only root may protect files.");
        using var data = new TempDirectory();
        await using var first = await ServerExecutable.StartAsync(data.Path, FreeAddress.Setting(), Direct);
        await RunningAsync(first, "direct", "in-two", $"{Bytes}", "3", "7", "5");
        await first.KillAsync();
        await Eventually.Holds(() => first.LivingCommands.Count == 0, cancellationToken: Cancelled);

        await using var next = await ServerExecutable.StartAsync(data.Path, FreeAddress.Setting(), Direct);
        var (info, sha256) = await new Persistent(next).FollowAsync("direct");

        info.End.ShouldBe(new ExecutionEnd { Cause = EndCause.Exited, Code = EndCodes.ExitStatusUnknown });
        sha256.ShouldBe(Child.Sha256(Bytes, 5));
    }

    // The keeper holds the files in the place of pipes.
    [Fact(Timeout = 120_000)]
    public async Task Below_a_keeper_a_killed_server_is_no_more_than_a_pause_for_it()
    {
        const long Bytes = 20_000_000;
        Assert.SkipUnless(Environment.UserName == "root", "Only root may protect files.");
        using var data = new TempDirectory();
        await using var server = await ServerExecutable.StartAsync(data.Path, FreeAddress.Setting(), Direct);
        await RunningAsync(server, "direct", "in-two", $"{Bytes}", "3", "7", "5");
        await server.KillServerAsync();

        var (info, sha256) = await new Persistent(server).FollowAsync("direct");

        info.End.ShouldBe(new ExecutionEnd { Cause = EndCause.Exited, ExitCode = 7 });
        sha256.ShouldBe(Child.Sha256(Bytes, 5));
        server.Starts.ShouldBe(2);
    }

    // Until it is surely recorded as started: that is written before its output is moved, and before what another execution asks for later.
    private static async Task<ExecutionInfo> RunningAsync(ServerExecutable server, string id, params string[] arguments)
    {
        var client = new Persistent(server);
        await client.StartAsync(new ExecutionRequest { Id = id, Command = Child.Path, Arguments = arguments });
        var begun = await Eventually.Is(() => client.GetAsync(id).Result is { Sequence: > 0 } info ? info : null, cancellationToken: Cancelled);
        await client.CallAsync(connected => connected.RunToEndAsync(Child.Path, ["exit", "0"], cancellationToken: Cancelled));
        return begun;
    }

    private static async Task<List<ExecutionEvent>> EventsAsync(ServerExecutable server, string id)
    {
        await using var client = await server.ConnectAsync(Cancelled);
        var events = new List<ExecutionEvent>();
        await foreach (var item in client.FollowAsync(id, cancellationToken: Cancelled))
        {
            events.Add(item);
        }

        return events;
    }
}
