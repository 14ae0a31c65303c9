using System.Diagnostics;

namespace CcSignal.TestKit.Tests;

/// <summary>The check behind every other test must itself be able to fail.</summary>
public sealed class NoProcessLeftTests
{
    [Fact]
    public async Task A_process_that_outlives_its_test_is_named_and_killed()
    {
        var processes = new NoProcessLeft();
        using var child = Start(processes, "sleep", "600");
        await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

        var left = await Should.ThrowAsync<ProcessesLeftException>(async () => await processes.DisposeAsync());

        left.Processes.ShouldHaveSingleItem().ShouldBe($"{child.Id}: {Child.Path} sleep 600");
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task So_is_one_that_left_its_parent_and_its_session()
    {
        var processes = new NoProcessLeft();
        using var root = Start(processes, "spawn-detached", "600", "0");
        var detached = await root.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        await root.WaitForExitAsync(TestContext.Current.CancellationToken);

        var left = await Should.ThrowAsync<ProcessesLeftException>(async () => await processes.DisposeAsync());

        left.Processes.ShouldHaveSingleItem().ShouldStartWith($"{detached!.Split(' ')[1]}: ");
    }

    [Fact]
    public async Task One_that_is_about_to_end_is_waited_for()
    {
        var processes = new NoProcessLeft();
        using var child = Start(processes, "sleep", "0.5");

        await processes.DisposeAsync();

        processes.Living.ShouldBeEmpty();
    }

    private static Process Start(NoProcessLeft processes, params string[] words)
    {
        var start = new ProcessStartInfo(Child.Path, words) { RedirectStandardOutput = true };
        start.Environment[NoProcessLeft.Variable] = processes.Cookie;
        start.Environment["DOTNET_ROOT"] = Child.DotnetRoot;
        return Process.Start(start)!;
    }
}
