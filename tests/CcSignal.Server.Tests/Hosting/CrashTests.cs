using System.Security.Cryptography;
using CcSignal.Contracts;
using CcSignal.TestKit;

namespace CcSignal.Server.Tests.Hosting;

/// <summary>The server is killed, and the next one over the same data tells the truth about what there was.</summary>
public sealed class CrashTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task What_was_shown_before_a_kill_is_there_after_it_and_the_execution_is_told_as_lost()
    {
        using var data = new TempDirectory();
        var shown = new MemoryStream();
        await using (var server = await ServerExecutable.StartAsync(data.Path))
        {
            await using var client = await server.ConnectAsync(Token);
            await foreach (var item in client.RunAsync(new ExecutionRequest { Id = "killed", Command = Child.Path, Arguments = ["flood", "100000000000"] }, cancellationToken: Token))
            {
                if (item.Kind == EventKind.Output)
                {
                    shown.Write(item.Data!.Value.Span);
                }

                if (shown.Length > 5_000_000)
                {
                    break;
                }
            }

            await server.KillAsync();
        }

        await using var next = await ServerExecutable.StartAsync(data.Path);
        await using var later = await next.ConnectAsync(Token);
        using var replay = new MemoryStream();
        ExecutionInfo? info = null;
        await foreach (var item in later.FollowAsync("killed", cancellationToken: Token))
        {
            if (item.Kind == EventKind.Output)
            {
                replay.Write(item.Data!.Value.Span);
            }

            info = item.Info ?? info;
        }

        info!.End!.Cause.ShouldBe(EndCause.Lost);
        replay.Length.ShouldBe(info.StdoutBytes);
        replay.Length.ShouldBeGreaterThanOrEqualTo(shown.Length);
        replay.GetBuffer().AsSpan(0, (int)shown.Length).SequenceEqual(shown.GetBuffer().AsSpan(0, (int)shown.Length)).ShouldBeTrue();
        Convert.ToHexStringLower(SHA256.HashData(replay.GetBuffer().AsSpan(0, (int)replay.Length))).ShouldBe(Child.Sha256(replay.Length));
    }

    [Fact(Timeout = 120_000)]
    public async Task What_waited_when_the_server_was_killed_runs_on_the_next_one()
    {
        using var data = new TempDirectory();
        await using var server = await ServerExecutable.StartAsync(data.Path, ("CcSignal:Admission:MaxRunning", "1"));
        await using (var client = await server.ConnectAsync(Token))
        {
            var running = await client.StartAsync(new ExecutionRequest { Id = "running", Command = Child.Path, Arguments = ["sleep", "600"] }, Token);
            await foreach (var item in client.FollowAsync(running.Id, cancellationToken: Token))
            {
                if (item.Kind == EventKind.Output)
                {
                    break;
                }
            }

            await client.StartAsync(new ExecutionRequest { Id = "waiting", Command = Child.Path, Arguments = ["echo", "at last"] }, Token);
        }

        await server.KillAsync();

        // What a killed server left running goes on, and is ended here: that is why the first is disposed, and looks for leftovers, last.
        await using var next = await ServerExecutable.StartAsync(data.Path, ("CcSignal:Admission:MaxRunning", "1"));
        await using var later = await next.ConnectAsync(Token);
        (await later.GetAsync("waiting", Token)).State.ShouldBe(ExecutionState.Queued);
        await later.CancelAsync("running", cancellationToken: Token);
        ExecutionInfo? info = null;
        await foreach (var item in later.FollowAsync("waiting", cancellationToken: Token))
        {
            info = item.Info ?? info;
        }

        info!.End!.ExitCode.ShouldBe(0);
        (await later.GetAsync("running", Token)).End!.Cause.ShouldBe(EndCause.Cancelled);
    }

    // A parent that ignores SIGCHLD hands that on through exec; the kernel then reaps every child itself, and its exit code is gone.
    [Fact(Timeout = 120_000)]
    public async Task Exit_codes_are_known_below_a_parent_that_ignores_its_children()
    {
        using var data = new TempDirectory();
        await using var server = await ServerExecutable.StartBelowCarelessParentAsync(data.Path);
        await using var client = await server.ConnectAsync(Token);

        var result = await client.RunToEndAsync("sh", ["-c", "exit 41"], cancellationToken: Token);

        result.End.ExitCode.ShouldBe(41);
    }
}
