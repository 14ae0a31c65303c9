using CcSignal.Keeper.Serving;

namespace CcSignal.Keeper.Tests.Serving;

/// <summary>How the keeper starts its own program again.</summary>
public sealed class ServerCommandTests
{
    private const string Running = "/bin/true";

    [Fact]
    public void The_role_stands_before_the_words_of_a_person()
    {
        var command = ServerCommand.Of(["/bin/sh"], ["--urls", "", "http://x"], Running);

        command.Path.ShouldBe("/bin/sh");
        command.Arguments.ShouldBe(["/bin/sh", "--role", "server", "--urls", "", "http://x"]);
    }

    [Fact]
    public void An_assembly_run_by_dotnet_stays_in_its_place()
    {
        var command = ServerCommand.Of(["dotnet", "exec", "server.dll"], ["--urls", "x"], Running);

        command.Path.ShouldBe(Running, "a bare name is what a shell found");
        command.Arguments.ShouldBe(["dotnet", "exec", "server.dll", "--role", "server", "--urls", "x"]);
    }

    [Fact]
    public void A_name_that_is_no_file_any_more_is_what_runs() =>
        ServerCommand.Of(["/no/such/program"], [], Running).Path.ShouldBe(Running);
}
