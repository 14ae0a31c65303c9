using System.Text.Json.Nodes;
using CcSignal.Contracts;
using CcSignal.TestKit;

namespace CcSignal.Server.Tests.Hosting;

/// <summary>What nobody follows is ended also when the server was killed in between; and nobody is blamed for the time without a server.</summary>
public sealed class AbandonmentTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task What_is_followed_is_not_abandoned_because_there_was_no_server_for_longer()
    {
        using var data = new TempDirectory();
        await using var server = await ServerExecutable.StartAsync(data.Path, FreeAddress.Setting());
        var client = new Persistent(server);
        await client.StartAsync(Sleeping("followed", Patience));
        var heard = new TaskCompletionSource();
        var following = client.FollowAsync("followed", _ => heard.TrySetResult());
        await heard.Task.WaitAsync(Cancelled);

        // A keeper that stands still starts no other server.
        server.Signal(Libc.SIGSTOP);
        await server.KillServerAsync();
        await Task.Delay(Patience + TimeSpan.FromSeconds(1), TimeProvider.System, Cancelled);
        server.Signal(Libc.SIGCONT);
        await server.ListeningAgainAsync(2);

        (await client.CallAsync(connected => connected.CancelAsync("followed", cancellationToken: Cancelled))).Id.ShouldBe("followed");
        (await following).Info.End!.Cause.ShouldBe(EndCause.Cancelled);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_next_server_goes_on_with_the_time_nobody_followed_but_lets_them_come_back()
    {
        using var data = new TempDirectory();
        await using var server = await ServerExecutable.StartAsync(data.Path, FreeAddress.Setting());
        var client = new Persistent(server);
        await client.StartAsync(Sleeping("alone", TimeSpan.FromHours(1)));
        await using (var connected = await server.ConnectAsync(Cancelled))
        {
            await connected.FollowAsync("alone", cancellationToken: Cancelled).FirstAsync(item => item.Kind == EventKind.Output, Cancelled);
        }

        var notes = await Eventually.Is(() => Notes(data.Path) is { } file && Read(file)["FollowedUntil"] is not null ? file : null, cancellationToken: Cancelled);
        await server.KillServerAsync();
        await server.ListeningAgainAsync(2);
        (await client.GetAsync("alone")).State.ShouldBe(ExecutionState.Running);

        // As if the last one had left an hour ago: of its patience, only the time to come back is left after a kill.
        server.Signal(Libc.SIGSTOP);
        await server.KillServerAsync();
        var changed = Read(notes);
        changed["FollowedUntil"] = -(long)TimeSpan.FromHours(1).TotalMilliseconds;
        await File.WriteAllTextAsync(notes, changed.ToJsonString(), Cancelled);
        server.Signal(Libc.SIGCONT);
        await server.ListeningAgainAsync(3);

        var ended = await Eventually.Is(() => client.GetAsync("alone").Result is { End: not null } info ? info : null, TimeSpan.FromSeconds(60), Cancelled);
        ended.End!.Cause.ShouldBe(EndCause.Abandoned);
    }

    private static ExecutionRequest Sleeping(string id, TimeSpan patience) =>
        new() { Id = id, Command = Child.Path, Arguments = ["sleep", "600"], AbandonAfterSeconds = patience.TotalSeconds };

    private static string? Notes(string data) => Directory.GetFiles(Path.Combine(data, "journal"), "notes", SearchOption.AllDirectories).SingleOrDefault();

    private static JsonNode Read(string notes) => JsonNode.Parse(File.ReadAllText(notes))!;
}
