using System.CommandLine;
using CcSignal.Cli.CommandLine;
using CcSignal.Contracts;

namespace CcSignal.Cli.Tests.CommandLine;

public sealed class RequestOptionsTests
{
    private readonly RequestOptions _options = new();
    private readonly RootCommand _command = new("x");

    public RequestOptionsTests() => _options.AddTo(_command);

    [Fact]
    public void Every_option_reaches_its_field()
    {
        var request = Read(
            "--profile agents --id nightly --cwd /srv -e A=1 -e B=2 --timeout 5m --idle-timeout 90s --queue-timeout 1h --stop-grace 2 "
            + "--abandon-after 1d --max-output 10M --memory 1G --cpu-time 2m --processes 50 --open-files 64 --priority -3 --key repo --tag team=core --tag night -- make -j4 -- all");

        request.Id.ShouldBe("nightly");
        request.Profile.ShouldBe("agents");
        request.WorkingDirectory.ShouldBe("/srv");
        request.Environment.ShouldBe(new Dictionary<string, string> { ["A"] = "1", ["B"] = "2" }, ignoreOrder: true);
        request.TimeoutSeconds.ShouldBe(300);
        request.IdleTimeoutSeconds.ShouldBe(90);
        request.QueueTimeoutSeconds.ShouldBe(3_600);
        request.StopGraceSeconds.ShouldBe(2);
        request.AbandonAfterSeconds.ShouldBe(86_400);
        request.MaxOutputBytes.ShouldBe(10_485_760);
        request.Limits.ShouldBe(new ResourceLimits { MemoryBytes = 1_073_741_824, CpuSeconds = 120, Processes = 50, OpenFiles = 64 });
        request.Priority.ShouldBe(-3);
        request.ExclusiveKey.ShouldBe("repo");
        request.Tags.ShouldBe(new Dictionary<string, string> { ["team"] = "core", ["night"] = "" }, ignoreOrder: true);
        request.Command.ShouldBe("make");
        request.Arguments.ShouldBe(["-j4", "--", "all"]);
        request.Input.ShouldBe(InputMode.Closed);
    }

    [Fact]
    public void Nothing_said_leaves_everything_to_the_profile()
    {
        var request = Read("-- true");

        request.Id.ShouldNotBeNullOrEmpty();
        request.Arguments.ShouldBeEmpty();
        var nothing = new ExecutionRequest { Command = "true" };
        (request with { Id = null, Arguments = nothing.Arguments }).ShouldBe(nothing);
    }

    [Fact]
    public void Words_reach_the_command_as_they_are()
    {
        var words = _command.Parse(["--", "printf", "@file", "", "a b", "--timeout", "[suggest]"], new ParserConfiguration { ResponseFileTokenReplacer = null });

        _options.Read(words).Arguments.ShouldBe(["@file", "", "a b", "--timeout", "[suggest]"]);
    }

    [Theory]
    [InlineData("--timeout soon -- true", "'soon' is not a time")]
    [InlineData("--max-output lots -- true", "'lots' is not a size")]
    public void A_value_of_the_wrong_form_is_named(string typed, string message) =>
        _command.Parse(typed.Split(' ')).Errors[0].Message.ShouldContain(message);

    private ExecutionRequest Read(string typed)
    {
        var words = _command.Parse(typed.Split(' '));
        words.Errors.ShouldBeEmpty();
        return _options.Read(words);
    }
}
