using CcSignal.Contracts;
using CcSignal.Execution.Processes;
using CcSignal.Execution.Processes.Linux;
using CcSignal.Execution.Processes.Linux.Streams;
using CcSignal.TestKit;
using Microsoft.Extensions.Options;

namespace CcSignal.Execution.Tests.Processes;

/// <summary>Commands that write their recording themselves: the same bytes, limits and ends, and nothing of it can be erased.</summary>
public sealed class DirectOutputTests
{
    private const string Output = "CcSignal:Profiles:default:Output";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory, EveryTree]
    public async Task What_it_writes_into_the_files_is_what_is_read(string groups)
    {
        await using var engine = await StartAsync(groups);

        var both = await engine.RunAsync("both", "200");
        both.Text().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(200);
        both.Text(OutputStream.Stderr).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(200);
        both.End().ShouldBe(new ExecutionEnd { Cause = EndCause.Exited, ExitCode = 0 });

        var flood = await engine.RunAsync("exit-undrained", "50000000", "3");
        flood.Sha256().ShouldBe(Child.Sha256(50_000_000));
        flood.End().ExitCode.ShouldBe(3);

        var own = (await engine.RunAsync(new ExecutionRequest { Command = "readlink", Arguments = ["/proc/self/fd/1"] })).Text();
        Path.GetFileName(own.Trim()).ShouldBe("stdout", "its descriptor is the file");
    }

    [Theory, EveryTree]
    public async Task A_line_is_read_while_the_command_runs(string groups)
    {
        await using var engine = await StartAsync(groups);
        var id = (await engine.Service.StartAsync(Engine.Request("sleep", "600"), Engine.Admin)).Id;

        var line = await engine.FollowAsync(id).FirstAsync(item => item.Kind == EventKind.Output, Cancelled);
        await engine.Service.CancelAsync(id, null, Engine.Admin, Cancelled);

        line.Data!.Value.Length.ShouldBeGreaterThan(0);
        (await engine.FollowToEndAsync(id)).End().Cause.ShouldBe(EndCause.Cancelled);
    }

    [Theory, EveryTree]
    public async Task What_a_descendant_writes_after_the_roots_end_belongs_to_it(string groups)
    {
        await using var engine = await StartAsync(groups);

        var events = await engine.RunAsync("hold-output", "1", "5", "3");

        events.End().ExitCode.ShouldBe(5);
        events.Text().Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => line.StartsWith("late", StringComparison.Ordinal)).ShouldBe(3, events.Text());
    }

    // What a truncating open does to a file without the attribute: all earlier output is gone, and the command's exit code is 0.
    [Fact]
    public async Task Opening_its_own_output_again_erases_nothing()
    {
        await using var engine = await StartAsync("none");
        const string Script = """$| = 1; print "one\n"; open(F, ">", "/dev/stdout") or print STDERR "refused: $!\n"; print "two\n";""";

        var events = await engine.RunAsync(new ExecutionRequest { Command = "perl", Arguments = ["-e", Script] });

        events.Text().ShouldBe("one\ntwo\n");
        events.Text(OutputStream.Stderr).ShouldBe("refused: Operation not permitted\n");
    }

    [Fact]
    public async Task After_its_end_the_files_can_be_deleted()
    {
        await using var engine = await StartAsync("none");
        await engine.RunAsync("both", "2");

        var journal = Path.Combine(engine.DataDirectory, "journal");
        Directory.Delete(journal, recursive: true);

        Directory.Exists(journal).ShouldBeFalse();
    }

    [Theory, EveryTree]
    public async Task A_limit_of_output_is_exact(string groups)
    {
        await using var engine = await StartAsync(groups);

        var events = await engine.RunAsync(Engine.Request("flood", "100000000000") with { MaxOutputBytes = 1_000_001 });

        events.End().Cause.ShouldBe(EndCause.OutputLimit);
        events.Bytes().ShouldBe(Child.Bytes(1_000_001));
        new FileInfo(Directory.GetFiles(engine.DataDirectory, "stdout", SearchOption.AllDirectories).Single()).Length.ShouldBe(1_000_001);
        (await engine.RunAsync(Engine.Request("flood", "1000001") with { MaxOutputBytes = 1_000_001 })).End().ShouldBe(
            new ExecutionEnd { Cause = EndCause.Exited, ExitCode = 0 });
    }

    // One that writes 10 MB a second, and one that can fill what is kept free between two looks.
    [Theory]
    [InlineData("10")]
    [InlineData("0")]
    public async Task It_is_ended_before_the_disk_is_full(string intervalMs)
    {
        using var disk = new SmallDisk(48);
        await using var engine = await StartAsync(
            "none", ("CcSignal:DataDirectory", Path.Combine(disk.Path, "data")), ("CcSignal:Journal:MinFreeBytes", "30000000"));

        var events = await engine.RunAsync("lines", "100000000", intervalMs, "100000");

        events.End().Cause.ShouldBe(EndCause.DiskFull);
        events.End().Message!.ShouldContain("CcSignal:Journal:MinFreeBytes");
        events.Last().Info!.StdoutBytes.ShouldBe(events.Bytes().Length);
    }

    [Theory]
    [InlineData("sh")]
    [InlineData("/bin/bash")]
    [InlineData("./script", "#!/bin/sh")]
    [InlineData("./script", "#! /bin/dash -e")]
    [InlineData("./script", "#!/usr/bin/env bash")]
    [InlineData("./script", "#!/usr/bin/env -S bash -eu")]
    public async Task Shells_and_their_scripts_are_refused(string command, string? firstLine = null)
    {
        await using var engine = await StartAsync("none");
        WriteScript(engine, firstLine);

        var refusal = await Should.ThrowAsync<RefusedException>(() => engine.Service.StartAsync(new ExecutionRequest { Command = command }, Engine.Admin));

        refusal.Code.ShouldBe(ErrorCodes.Forbidden);
        refusal.Message.ShouldContain("shell");
    }

    [Fact]
    public async Task Other_scripts_run_and_so_does_a_shell_on_a_terminal()
    {
        await using var engine = await StartAsync("none");
        WriteScript(engine, "#!/usr/bin/perl", "print 'yes';");

        (await engine.RunAsync(new ExecutionRequest { Command = "./script" })).Text().ShouldBe("yes");
        (await engine.RunAsync(new ExecutionRequest { Command = "sh", Arguments = ["-c", "echo yes"], Terminal = new TerminalSize(80, 24) })).Text().ShouldBe("yes\r\n");
    }

    [Fact]
    public async Task A_wrapper_that_is_a_shell_is_refused_too()
    {
        await using var engine = await StartAsync("none", ("CcSignal:Profiles:default:Wrapper:0", "sh"), ("CcSignal:Profiles:default:Wrapper:1", "-c"));

        (await Should.ThrowAsync<RefusedException>(() => engine.RunAsync("echo", "x"))).Code.ShouldBe(ErrorCodes.Forbidden);
    }

    [Fact]
    public async Task Where_the_files_cannot_be_protected_only_another_user_may_write_them()
    {
        await using var launcher = new LinuxLauncher(null, null, new DirectTerms(IsProtected: false, 0), TimeProvider.System);

        launcher.CanWriteDirectly(Confinement.None).ShouldBeFalse();
        launcher.CanWriteDirectly(new Confinement(new UserIdentity(0, 0, []), null, false)).ShouldBeFalse("root opens any file");
        launcher.CanWriteDirectly(new Confinement(new UserIdentity(65534, 65534, []), null, false)).ShouldBeTrue();
    }

    [Fact]
    public async Task The_portable_launcher_refuses_it()
    {
        await using var engine = await Engine.StartAsync("portable", (Output, "direct"));

        var refusal = await Should.ThrowAsync<RefusedException>(() => engine.RunAsync("echo", "x"));

        refusal.Code.ShouldBe(ErrorCodes.Unavailable);
        refusal.Message.ShouldContain("'Output' 'direct' of profile 'default'");
    }

    [Theory]
    [InlineData("file", "Output")]
    [InlineData("direct", "KeepLeftovers")]
    public async Task A_profile_that_cannot_be_kept_is_a_fault_of_the_configuration(string output, string key)
    {
        var fault = await Should.ThrowAsync<OptionsValidationException>(() => Engine.StartAsync("auto", (Output, output), ("CcSignal:Profiles:default:KeepLeftovers", "true")));

        fault.Message.ShouldContain($"default:{key}");
    }

    private static void WriteScript(Engine engine, string? firstLine, string body = "true")
    {
        if (firstLine is not null && !OperatingSystem.IsWindows())
        {
            var script = Path.Combine(engine.WorkingDirectory, "script");
            File.WriteAllText(script, $"{firstLine}\n{body}\n");
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    private static async Task<Engine> StartAsync(string groups, params (string, string)[] settings)
    {
        using var temp = new TempDirectory();
        Assert.SkipUnless(OperatingSystem.IsLinux() && AppendOnly.WorksIn(temp.Path), "Files cannot be made append-only here.");
        return await Trees.StartAsync(groups, [(Output, "direct"), .. settings]);
    }
}
