using System.Runtime.Versioning;
using CcSignal.Server.Access;
using CcSignal.Server.Hosting;
using CcSignal.TestKit;

namespace CcSignal.Server.Tests.Access;

[UnsupportedOSPlatform("windows")]
public sealed class TokenFileTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public void The_token_is_made_once_has_256_bits_and_only_its_owner_may_read_it()
    {
        using var data = new TempDirectory();
        using var other = new TempDirectory();
        var token = TokenFile.ReadOrCreate(data["token"]);
        token.Length.ShouldBe(43);
        File.GetUnixFileMode(data["token"]).ShouldBe(OwnerOnly);
        TokenFile.ReadOrCreate(data["token"]).ShouldBe(token);
        TokenFile.ReadOrCreate(other["token"]).ShouldNotBe(token);
        Directory.GetFiles(data.Path).ShouldBe([data["token"]]);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_token_that_others_may_know_or_change_is_refused(UnixFileMode open)
    {
        using var data = new TempDirectory();
        TokenFile.ReadOrCreate(data["token"]);
        File.SetUnixFileMode(data["token"], OwnerOnly | open);
        var refused = Should.Throw<StartRefusedException>(() => TokenFile.ReadOrCreate(data["token"]));
        refused.Message.ShouldContain(data["token"]);
        refused.Message.ShouldContain("Remove it");
    }

    [Fact]
    public void A_token_file_without_a_token_is_refused()
    {
        using var data = new TempDirectory();
        File.WriteAllText(data["token"], "\n");
        File.SetUnixFileMode(data["token"], OwnerOnly);
        Should.Throw<StartRefusedException>(() => TokenFile.ReadOrCreate(data["token"])).ExitCode.ShouldBe(ExitCode.BadDataDirectory);
    }

    [Fact]
    public void A_start_that_died_half_way_leaves_nothing_in_the_way()
    {
        using var data = new TempDirectory();
        File.WriteAllText(data["token.new"], "half");
        TokenFile.ReadOrCreate(data["token"]).Length.ShouldBe(43);
    }
}
