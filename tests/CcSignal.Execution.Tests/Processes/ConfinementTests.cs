using CcSignal.Contracts;
using Microsoft.Extensions.Options;

namespace CcSignal.Execution.Tests.Processes;

/// <summary>What a profile takes from its commands: user, umask, new privileges; and what it wraps around them.</summary>
public sealed class ConfinementTests
{
    [Fact]
    public async Task A_command_runs_as_the_profiles_user_with_its_groups()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "Only root may become another user.");
        await using var engine = await Trees.StartAsync("v2", ("CcSignal:Profiles:default:User", "nobody"), ("CcSignal:Profiles:default:WorkingDirectory", "/"));

        (await engine.RunAsync(Shell("id -un; id -u; id -G; cat /proc/self/status | grep ^CapEff"))).Text().Split('\n')[..4]
            .ShouldBe(["nobody", "65534", "65534", "CapEff:\t0000000000000000"]);
    }

    [Fact]
    public async Task Its_terminal_is_the_users_own()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "Only root may become another user.");
        await using var engine = await Trees.StartAsync("v2", ("CcSignal:Profiles:default:User", "nobody"), ("CcSignal:Profiles:default:WorkingDirectory", "/"));

        var events = await engine.RunAsync(Shell("stat -c %U $(tty) && echo opened > $(tty)") with { Terminal = new TerminalSize(80, 24) });

        events.Text().ShouldBe("nobody\r\nopened\r\n");
    }

    [Fact]
    public async Task A_directory_that_the_user_may_not_enter_is_a_bad_directory()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "Only root may become another user.");
        await using var engine = await Trees.StartAsync("none", ("CcSignal:Profiles:default:User", "nobody"));

        // A test's own directory is its user's alone.
        var end = (await engine.RunAsync(Shell("true") with { WorkingDirectory = engine.WorkingDirectory })).End();

        (end.Cause, end.Code).ShouldBe((EndCause.StartFailed, EndCodes.BadDirectory));
    }

    [Theory, EveryTree]
    public async Task Umask_and_no_new_privileges_are_as_configured(string groups)
    {
        await using var engine = await Trees.StartAsync(
            groups, ("CcSignal:Profiles:default:Umask", "027"), ("CcSignal:Profiles:default:NoNewPrivileges", "true"));

        (await engine.RunAsync(Shell("umask; grep ^NoNewPrivs /proc/self/status"))).Text().ShouldBe("0027\nNoNewPrivs:\t1\n");
    }

    [Theory, EveryTree]
    public async Task By_default_they_are_the_servers(string groups)
    {
        await using var engine = await Trees.StartAsync(groups);
        var own = (await File.ReadAllLinesAsync("/proc/self/status", TestContext.Current.CancellationToken))
            .Where(line => line.StartsWith("Umask", StringComparison.Ordinal) || line.StartsWith("NoNewPrivs", StringComparison.Ordinal) || line.StartsWith("Uid", StringComparison.Ordinal));

        (await engine.RunAsync(Shell("grep -E '^(Umask|NoNewPrivs|Uid)' /proc/self/status"))).Text().ShouldBe(string.Join('\n', own) + "\n");
    }

    [Theory, EveryLauncher]
    public async Task A_wrapper_is_started_with_the_command_behind_it(string launcher)
    {
        await using var engine = await Engine.StartAsync(
            launcher, ("CcSignal:Profiles:default:Wrapper:0", "env"), ("CcSignal:Profiles:default:Wrapper:1", "WRAPPED=yes"));

        var events = await engine.RunAsync(Shell("echo $WRAPPED; exit 9"));

        events.Text().ShouldBe("yes\n");
        events.End().ExitCode.ShouldBe(9);
        events.Last().Info!.Command.ShouldBe("sh");
    }

    [Fact]
    public async Task A_wrapper_that_is_not_there_says_that_it_is_the_wrapper()
    {
        await using var engine = await Engine.StartAsync("auto", ("CcSignal:Profiles:default:Wrapper:0", "no-such-wrapper"));

        var end = (await engine.RunAsync(Shell("true"))).End();

        (end.Cause, end.Code).ShouldBe((EndCause.StartFailed, EndCodes.NotFound));
        end.Message!.ShouldContain("wrapper of profile 'default'");
    }

    // The example of docs/processes.md, word by word.
    [Fact]
    public async Task Bubblewrap_takes_the_network_and_the_disk_from_a_command()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/bwrap"), "bubblewrap is not installed.");
        string[] wrapper = ["bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp", "--unshare-net", "--unshare-pid", "--die-with-parent", "--"];
        await using var engine = await Trees.StartAsync(
            "v2",
            [.. wrapper.Select((word, index) => ($"CcSignal:Profiles:default:Wrapper:{index}", word)), ("CcSignal:Profiles:default:WorkingDirectory", "/usr")]);

        var events = await engine.RunAsync(Shell("tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '; touch /usr/written 2>/dev/null || echo read-only; exit 11"));

        events.Text().ShouldBe("lo\nread-only\n");
        events.End().ExitCode.ShouldBe(11);
    }

    [Fact]
    public async Task A_user_that_does_not_exist_is_told_at_the_start()
    {
        var refusal = await Should.ThrowAsync<OptionsValidationException>(() => Engine.StartAsync("auto", ("CcSignal:Profiles:default:User", "no-such-user")));

        refusal.Message.ShouldContain("default:User: there is no user 'no-such-user'");
    }

    private static ExecutionRequest Shell(string script) => new() { Command = "sh", Arguments = ["-c", script] };
}
