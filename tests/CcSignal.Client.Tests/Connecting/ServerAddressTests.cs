using CcSignal.Client.Connecting;
using CcSignal.Contracts;
using CcSignal.TestKit;

namespace CcSignal.Client.Tests.Connecting;

public sealed class ServerAddressTests : IDisposable
{
    private readonly TempDirectory _home = new();
    private readonly Dictionary<string, string> _variables = [];

    public ServerAddressTests() => _variables["HOME"] = _home.Path;

    public void Dispose() => _home.Dispose();

    [Fact]
    public void With_nothing_said_it_is_the_default_server_and_its_token_file()
    {
        WriteToken(_home[".local/state/ccsignal"], "from-file\n");

        var server = Find();

        server.Hub.ShouldBe(new Uri(Defaults.Url + Defaults.HubPath));
        server.Token.ShouldBe("from-file");
    }

    [Fact]
    public void The_data_directory_is_found_as_the_server_finds_it()
    {
        WriteToken(_home["configured"], "configured");
        WriteToken(_home["xdg/ccsignal"], "xdg");

        _variables["XDG_STATE_HOME"] = _home["xdg"];
        Find().Token.ShouldBe("xdg");

        _variables["CcSignal__DataDirectory"] = _home["configured"];
        Find().Token.ShouldBe("configured");
    }

    [Fact]
    public void Options_go_before_the_environment_and_the_environment_before_the_file()
    {
        WriteToken(_home[".local/state/ccsignal"], "from-file");
        _variables[Defaults.UrlVariable] = "http://localhost:1";
        _variables[Defaults.TokenVariable] = "from-environment";

        Find().Token.ShouldBe("from-environment");
        Find().Url.ShouldBe(new Uri("http://localhost:1"));

        var server = Find(new() { Url = new Uri("http://[::1]:2"), Token = "said" });
        server.Token.ShouldBe("said");
        server.Hub.ShouldBe(new Uri("http://[::1]:2/hub"));
    }

    [Theory]
    [InlineData("http://build.example:5080")]
    [InlineData("http://10.0.0.1:5080")]
    [InlineData("http://127.0.0.1.example:5080")]
    [InlineData("http://localhost.example:5080")]
    public void The_token_file_is_never_read_for_another_machine(string url)
    {
        WriteToken(_home[".local/state/ccsignal"], "from-file");

        Find(new() { Url = new Uri(url) }).Token.ShouldBeNull();
    }

    [Fact]
    public void A_server_below_a_path_keeps_its_path() =>
        Find(new() { Url = new Uri("https://host.example/ccsignal/") }).Hub.ShouldBe(new Uri("https://host.example/ccsignal/hub"));

    [Theory]
    [InlineData("ftp://host")]
    [InlineData("not an address")]
    [InlineData("http://host/?access_token=secret")]
    [InlineData("http://user:secret@host")]
    public void What_is_no_server_is_refused(string url)
    {
        _variables[Defaults.UrlVariable] = url;

        Should.Throw<ArgumentException>(() => Find());
    }

    private ServerAddress Find(CcSignalClientOptions? options = null) => ServerAddress.Find(options ?? new(), _variables.GetValueOrDefault);

    private static void WriteToken(string directory, string token)
    {
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "token"), token);
    }
}
