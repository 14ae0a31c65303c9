using System.Text.Json;
using CcSignal.Contracts;
using CcSignal.TestKit;

namespace CcSignal.Execution.Tests.Processes;

/// <summary>What a command begins with, and what is said when it cannot begin.</summary>
public sealed class StartTests
{
    [Theory, EveryLauncher]
    public async Task An_unknown_command_could_not_be_started(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher);

        foreach (var command in new[] { "no-such-command-anywhere", "/no/such/file" })
        {
            var events = await engine.RunAsync(new ExecutionRequest { Command = command });

            events.End().Cause.ShouldBe(EndCause.StartFailed);
            events.End().Code.ShouldBe(EndCodes.NotFound);
            events.Last().Info!.StartedAt.ShouldBeNull();
            events.Last().Info!.ProcessId.ShouldBeNull();
        }
    }

    [Theory, EveryLauncher]
    public async Task A_file_without_the_execute_bit_could_not_be_started(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher);
        var path = Path.Combine(engine.WorkingDirectory, "plain");
        await File.WriteAllTextAsync(path, "#!/bin/sh\n", TestContext.Current.CancellationToken);

        (await engine.RunAsync(new ExecutionRequest { Command = path })).End().Code.ShouldBe(EndCodes.NotExecutable);
        (await engine.RunAsync(new ExecutionRequest { Command = engine.WorkingDirectory })).End().Code.ShouldBe(EndCodes.NotExecutable);
    }

    [Theory, EveryLauncher]
    public async Task A_script_whose_interpreter_is_missing_could_not_be_started(string launcher)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no #! lines.");
        await using var engine = await Engine.StartAsync(launcher);
        var path = Executable(engine, "script", "#!/no/such/interpreter\n");

        (await engine.RunAsync(new ExecutionRequest { Command = path })).End().Code.ShouldBe(EndCodes.BadInterpreter);
    }

    [Theory, EveryLauncher]
    public async Task A_file_that_is_no_program_could_not_be_started(string launcher)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no execute bit.");
        await using var engine = await Engine.StartAsync(launcher);
        var path = Executable(engine, "noise", "this is no program\n");

        (await engine.RunAsync(new ExecutionRequest { Command = path })).End().Code.ShouldBe(EndCodes.NotExecutable);
    }

    [Theory, EveryLauncher]
    public async Task A_missing_working_directory_is_not_taken_for_a_missing_command(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher);

        var end = (await engine.RunAsync(Engine.Request("echo", "x") with { WorkingDirectory = "/no/such/directory" })).End();

        end.Cause.ShouldBe(EndCause.StartFailed);
        end.Code.ShouldBe(EndCodes.BadDirectory);
    }

    [Theory, EveryLauncher]
    public async Task A_planted_program_in_the_working_directory_is_not_found_by_its_bare_name(string launcher)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs the execute bit.");
        await using var engine = await Engine.StartAsync(launcher);
        Executable(engine, "planted-by-somebody", "#!/bin/sh\necho planted\n");

        (await engine.RunAsync(new ExecutionRequest { Command = "planted-by-somebody" })).End().Code.ShouldBe(EndCodes.NotFound);
        (await engine.RunAsync(new ExecutionRequest { Command = "./planted-by-somebody" })).Text().ShouldBe("planted\n");
    }

    [Theory, EveryLauncher]
    public async Task Arguments_arrive_as_they_are(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher);
        string[] arguments = ["report", "", " ", "two words", "a\nb", "ünï€ 🦊", "$(id)", "`id`", "'\"\\", "*", "--", "-x", "@file"];

        var report = JsonDocument.Parse((await engine.RunAsync(arguments)).Text()).RootElement;

        report.GetProperty("arguments").EnumerateArray().Select(item => item.GetString()).ShouldBe(arguments[1..]);
    }

    [Theory, EveryLauncher]
    public async Task The_environment_is_the_profiles_and_the_requests_and_nothing_of_the_servers(string launcher)
    {
        Environment.SetEnvironmentVariable("CCSIGNAL_TEST_CANARY", "must-not-be-seen");
        await using var engine = await Engine.StartAsync(launcher);
        var request = Engine.Request("report") with { Environment = new Dictionary<string, string> { ["FROM_REQUEST"] = "value = with 'signs'" } };

        var report = JsonDocument.Parse((await engine.RunAsync(request)).Text()).RootElement;

        var environment = report.GetProperty("environment").EnumerateObject().ToDictionary(item => item.Name, item => item.Value.GetString());
        environment.Keys.Order().ShouldBe(new[] { "CCSIGNAL_EXECUTION", NoProcessLeft.Variable, "DOTNET_ROOT", "FROM_REQUEST", "PATH" }.Order());
        environment["FROM_REQUEST"].ShouldBe("value = with 'signs'");
        report.GetProperty("directory").GetString().ShouldBe(engine.WorkingDirectory);
    }

    [Fact]
    public async Task A_command_begins_with_its_own_session_default_signals_and_three_descriptors()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "What the Linux launcher is for.");
        await using var engine = await Engine.StartAsync("linux");

        var report = JsonDocument.Parse((await engine.RunAsync("report")).Text()).RootElement;
        var status = (await engine.RunAsync(new ExecutionRequest { Command = "cat", Arguments = ["/proc/self/status"] })).Text();
        var descriptors = (await engine.RunAsync(new ExecutionRequest { Command = "ls", Arguments = ["/proc/self/fd"] })).Text();

        var process = report.GetProperty("processId").GetInt32();
        report.GetProperty("groupId").GetInt32().ShouldBe(process);
        report.GetProperty("sessionId").GetInt32().ShouldBe(process);
        SignalsOf(status, "SigBlk").ShouldBe(0UL);
        (SignalsOf(status, "SigIgn") & 0x7fff_ffff).ShouldBe(0UL, "a signal is ignored; 32 and 33 are the C library's own");

        // 3 is the directory that ls itself reads.
        descriptors.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["0", "1", "2", "3"]);

        static ulong SignalsOf(string status, string name) =>
            Convert.ToUInt64(status.Split('\n').Single(line => line.StartsWith(name, StringComparison.Ordinal)).Split(':')[1].Trim(), 16);
    }

    [Fact]
    public async Task A_shell_pipe_dies_of_SIGPIPE_as_it_does_in_a_terminal()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a shell.");
        await using var engine = await Engine.StartAsync("linux");

        var events = await engine.RunAsync(new ExecutionRequest
        {
            Command = "bash",
            Arguments = ["-c", "yes | head -1; echo ${PIPESTATUS[0]}"],
        });

        events.Text().ShouldBe("y\n141\n");
    }

    [Theory, EveryLauncher]
    public async Task Standard_input_is_at_its_end(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher);

        var events = await engine.RunAsync("read-stdin");

        events.Text().ShouldStartWith("0 ");
        events.End().ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Rewriting_its_own_output_by_name_erases_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a shell and /dev/stdout.");
        await using var engine = await Engine.StartAsync("linux");

        var events = await engine.RunAsync(new ExecutionRequest
        {
            Command = "sh",
            Arguments = ["-c", "echo one; echo two >/dev/stdout; echo three | tee /dev/stdout; echo four >/dev/stderr"],
        });

        events.Text().ShouldBe("one\ntwo\nthree\nthree\n");
        events.Text(OutputStream.Stderr).ShouldBe("four\n");
    }

    private static string Executable(Engine engine, string name, string text)
    {
        var path = Path.Combine(engine.WorkingDirectory, name);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }
}
