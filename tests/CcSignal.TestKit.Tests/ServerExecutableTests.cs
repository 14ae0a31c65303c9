using CcSignal.Contracts;

namespace CcSignal.TestKit.Tests;

/// <summary>The real server as a process, as tests start it.</summary>
public sealed class ServerExecutableTests
{
    [Fact]
    public async Task A_command_runs_through_it_and_SIGTERM_stops_it()
    {
        using var data = new TempDirectory();
        await using var server = await ServerExecutable.StartAsync(data.Path);
        await using (var client = await server.ConnectAsync(TestContext.Current.CancellationToken))
        {
            var result = await client.RunToEndAsync(Child.Path, ["echo", "hello"], TestContext.Current.CancellationToken);
            result.StandardOutput.ShouldBe("hello\n");
        }

        (await server.StopAsync()).ShouldBe(0, server.Printed);
    }

    [Fact]
    public async Task After_a_kill_the_next_one_takes_the_data_over()
    {
        using var data = new TempDirectory();
        string id;
        await using (var first = await ServerExecutable.StartAsync(data.Path))
        {
            await using var client = await first.ConnectAsync(TestContext.Current.CancellationToken);
            var result = await client.RunToEndAsync(Child.Path, ["flood", "1000000"], TestContext.Current.CancellationToken);
            id = result.Info.Id;
            await first.KillAsync();
        }

        await using var second = await ServerExecutable.StartAsync(data.Path);
        await using var again = await second.ConnectAsync(TestContext.Current.CancellationToken);

        (await again.GetAsync(id, TestContext.Current.CancellationToken)).End!.Cause.ShouldBe(EndCause.Exited);
        var bytes = 0L;
        await foreach (var item in again.FollowAsync(id, cancellationToken: TestContext.Current.CancellationToken))
        {
            bytes += item.Data?.Length ?? 0;
        }

        bytes.ShouldBe(1_000_000);
    }

    [Fact]
    public async Task What_it_refuses_is_told_with_an_exit_code()
    {
        using var data = new TempDirectory();

        var (exitCode, error) = await ServerExecutable.RefusesAsync(data.Path, ("CcSignal:Admission:MaxRunning", "0"));

        exitCode.ShouldBe(2);
        error.ShouldContain("CcSignal:Admission:MaxRunning");
    }
}
