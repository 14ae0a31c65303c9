using System.Net;
using System.Net.Sockets;
using CcSignal.Client;
using CcSignal.Contracts;
using CcSignal.Server.Hosting;
using CcSignal.TestKit;

namespace CcSignal.Server.Tests.Hosting;

/// <summary>The real executable: what it prints and returns.</summary>
public sealed class StartTests
{
    private const string Any = "http://127.0.0.1:0";
    private const string Token = "a-token-that-somebody-chose";

    [Fact(Timeout = 120_000)]
    public async Task A_start_tells_where_it_listens_where_its_things_are_and_what_to_type_next_but_never_the_token()
    {
        using var data = new TempDirectory();
        await using var server = ServerExecutable.Start(data.Path, null, "--urls", Any);
        var url = await server.ListeningAsync();
        var token = (await File.ReadAllTextAsync(data["token"], TestContext.Current.CancellationToken)).Trim();
        await Eventually.Holds(() => server.Printed.Contains("Ctrl+C"), cancellationToken: TestContext.Current.CancellationToken);
        server.Printed.ShouldContain(data.Path);
        server.Printed.ShouldContain(data["token"]);
        server.Printed.ShouldContain($"CCSIGNAL_URL={url.GetLeftPart(UriPartial.Authority)} CCSIGNAL_TOKEN=\"$(cat '{data["token"]}')\" ccsignal run -- echo hello");
        server.Printed.ShouldNotContain(token);

        server.Signal(Libc.SIGINT);
        (await server.EndAsync()).ShouldBe(ExitCode.Stopped);
        server.Printed.ShouldContain("Stopped.");
    }

    [Theory(Timeout = 120_000)]
    [InlineData("--help", "Usage:")]
    [InlineData("--version", "0.1.0")]
    public async Task Help_and_version_are_told_without_a_start(string option, string expected)
    {
        using var data = new TempDirectory();
        await using var server = ServerExecutable.Start(data.Path, null, option);
        (await server.EndAsync()).ShouldBe(ExitCode.Stopped);
        server.Printed.ShouldContain(expected);
        Directory.EnumerateFileSystemEntries(data.Path).ShouldBeEmpty();
    }

    [Fact(Timeout = 120_000)]
    public async Task Every_fault_of_a_configuration_is_told_at_once_by_its_key_and_nothing_is_touched()
    {
        using var data = new TempDirectory();
        await using var server = ServerExecutable.Start(
            data.Path,
            new Dictionary<string, string>
            {
                [Defaults.TokenVariable] = "short",
                ["ASPNETCORE_URLS"] = "http://0.0.0.0:0;nowhere",
                ["CcSignal__Admission__MaxRunning"] = "0",
                ["CcSignal__Connections__MaxConnections"] = "many",
                ["CcSignal__Access__Tokens__admin__Sha256"] = "abc",
                ["CcSignal__Access__AllowedHosts__0"] = "*",
                ["CcSignal__Access__AllowedOrigins__0"] = "tools.example.org",
            },
            "--CcSignal:Connections:MaxHubConnections",
            "0");
        (await server.EndAsync()).ShouldBe(ExitCode.BadConfiguration);
        string[] keys =
        [
            "CCSIGNAL_TOKEN: ", "urls: http://0.0.0.0:0 ", "urls: 'nowhere' ", "CcSignal:Admission:MaxRunning: ", "'CcSignal:Connections:MaxConnections'",
            "CcSignal:Access:Tokens:admin: ", "CcSignal:Access:Tokens:admin:Sha256: ", "CcSignal:Access:AllowedHosts: ", "CcSignal:Access:AllowedOrigins: ",
        ];
        keys.ShouldAllBe(key => server.Printed.Contains(key), server.Printed);
        server.Printed.ShouldNotContain("   at ");
        Directory.EnumerateFileSystemEntries(data.Path).ShouldBeEmpty();
    }

    [Theory(Timeout = 120_000)]
    [InlineData("--url", "http://127.0.0.1:0", "'--url'")]
    [InlineData("start", "", "'start'")]
    [InlineData("--CcSignal:Acces:AllowPlainText", "true", "there is no key 'Acces'")]
    [InlineData("--CcSignal:Access:AllowPlaintext2", "true", "there is no key 'AllowPlaintext2'")]
    [InlineData("--CcSignal:DataDirectory", null, "a value is missing")]
    [InlineData("--Serilog:MinimumLevel:Default", "Loud", "Serilog: ")]
    public async Task A_mistyped_option_is_told_and_not_passed_over(string option, string? value, string expected)
    {
        using var data = new TempDirectory();
        await using var server = ServerExecutable.Start(data.Path, null, value is null ? [option] : [option, value]);
        (await server.EndAsync()).ShouldBe(ExitCode.BadConfiguration);
        server.Printed.ShouldContain(expected);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("http://0.0.0.0:0", null, null, "no token is configured")]
    [InlineData("http://[::]:0", null, null, "no token is configured")]
    [InlineData("http://*:0", null, null, "no token is configured")]
    [InlineData("http://build.example.org:0", null, null, "no token is configured")]
    [InlineData("https://0.0.0.0:0", null, null, "no token is configured")]
    [InlineData("http://0.0.0.0:0", null, "true", "no token is configured")]
    [InlineData("http://0.0.0.0:0", Token, null, "unencrypted")]
    [InlineData("http://0.0.0.0:0", Token, "false", "unencrypted")]
    public async Task An_address_that_other_machines_reach_is_refused_without_a_chosen_token_and_encryption(string url, string? token, string? plain, string expected)
    {
        using var data = new TempDirectory();
        var environment = new Dictionary<string, string>();
        if (token is not null)
        {
            environment[Defaults.TokenVariable] = token;
        }

        if (plain is not null)
        {
            environment["CcSignal__Access__AllowPlainText"] = plain;
        }

        await using var server = ServerExecutable.Start(data.Path, environment, "--urls", url);
        (await server.EndAsync()).ShouldBe(ExitCode.BadConfiguration);
        server.Printed.ShouldContain(expected);
    }

    [Fact(Timeout = 120_000)]
    public async Task With_a_chosen_token_and_leave_to_send_it_unencrypted_other_machines_are_let_in()
    {
        using var data = new TempDirectory();
        await using var server = ServerExecutable.Start(
            data.Path,
            new Dictionary<string, string> { [Defaults.TokenVariable] = Token, ["CcSignal__Access__AllowPlainText"] = "true" },
            "--urls",
            "http://0.0.0.0:0");
        var url = await server.ListeningAsync();
        url.Host.ShouldBe("0.0.0.0");
        File.Exists(data["token"]).ShouldBeFalse();
    }

    [Fact(Timeout = 120_000)]
    public async Task An_encrypted_address_without_a_certificate_is_told()
    {
        using var data = new TempDirectory();
        await using var server = ServerExecutable.Start(data.Path, new Dictionary<string, string> { ["HOME"] = data.Path }, "--urls", "https://127.0.0.1:0");
        (await server.EndAsync()).ShouldBe(ExitCode.BadConfiguration);
        server.Printed.ShouldContain("Kestrel:Certificates:Default:Path");
        server.Printed.ShouldNotContain("   at ");
    }

    // As the users of services have it.
    [Fact(Timeout = 120_000)]
    public async Task A_home_that_does_not_exist_is_named_where_a_command_would_start_in_it()
    {
        using var data = new TempDirectory();
        await using var server = ServerExecutable.Start(
            data.Path, new Dictionary<string, string> { [Defaults.TokenVariable] = Token, ["HOME"] = "/nonexistent" }, "--urls", Any);
        var url = await server.ListeningAsync();
        await using var client = await CcSignalClient.ConnectAsync(new CcSignalClientOptions { Url = url, Token = Token }, TestContext.Current.CancellationToken);

        var end = (await client.RunToEndAsync("true", [], cancellationToken: TestContext.Current.CancellationToken)).End;

        (end.Cause, end.Code).ShouldBe((EndCause.StartFailed, EndCodes.BadDirectory));
        end.Message!.ShouldContain("'/nonexistent'");
    }

    [Fact(Timeout = 120_000)]
    public async Task A_port_in_use_is_told_in_one_line()
    {
        using var data = new TempDirectory();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var url = $"http://{taken.LocalEndpoint}";
        await using var server = ServerExecutable.Start(data.Path, null, "--urls", url);
        (await server.EndAsync()).ShouldBe(ExitCode.CannotListen);
        server.Printed.ShouldContain($"Failed to bind to address {url}: address already in use.");
        server.Printed.ShouldNotContain("   at ");
        server.Printed.ShouldNotContain("[ERR]");
        server.Printed.ShouldNotContain("[FTL]");
    }

    [Fact(Timeout = 120_000)]
    public async Task An_address_of_another_machine_is_told_in_one_line()
    {
        using var data = new TempDirectory();
        await using var server = ServerExecutable.Start(
            data.Path,
            new Dictionary<string, string> { [Defaults.TokenVariable] = Token, ["CcSignal__Access__AllowPlainText"] = "true" },
            "--urls",
            "http://192.0.2.1:5080");
        (await server.EndAsync()).ShouldBe(ExitCode.CannotListen);
        server.Printed.ShouldNotContain("   at ");
    }

    [Fact(Timeout = 120_000)]
    public async Task Two_servers_cannot_share_a_data_directory_and_a_killed_one_leaves_it_free()
    {
        using var data = new TempDirectory();
        await using var first = ServerExecutable.Start(data.Path, null, "--urls", Any);
        await first.ListeningAsync();
        var token = await File.ReadAllTextAsync(data["token"], TestContext.Current.CancellationToken);
        await using var second = ServerExecutable.Start(data.Path, null, "--urls", Any);
        (await second.EndAsync()).ShouldBe(ExitCode.BadDataDirectory);
        second.Printed.ShouldMatch($@"Another server \(process \d+\) uses the data directory '{data.Path}'");

        await first.KillAsync();
        await using var third = ServerExecutable.Start(data.Path, null, "--urls", Any);
        await third.ListeningAsync();
        (await File.ReadAllTextAsync(data["token"], TestContext.Current.CancellationToken)).ShouldBe(token);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_data_directory_that_is_none_is_told()
    {
        using var data = new TempDirectory();
        await File.WriteAllTextAsync(data["file"], "", TestContext.Current.CancellationToken);
        await using var server = ServerExecutable.Start(data.Path, null, "--urls", Any, "--CcSignal:DataDirectory", data["file"]);
        (await server.EndAsync()).ShouldBe(ExitCode.BadDataDirectory);
        server.Printed.ShouldContain(data["file"]);
        server.Printed.ShouldNotContain("   at ");
    }
}
