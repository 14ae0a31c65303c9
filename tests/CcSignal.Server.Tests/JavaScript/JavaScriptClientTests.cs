using System.Diagnostics;
using System.Reflection;
using CcSignal.Contracts;
using CcSignal.TestKit;

namespace CcSignal.Server.Tests.JavaScript;

/// <summary>
/// Runs <c>tests/node</c>: the whole wire contract through Microsoft's JavaScript client, once for each hub protocol, against this server. Needs node and
/// <c>npm ci</c> in that folder; without them it is skipped, but fails where CCSIGNAL_REQUIRE_NODE says that they must be there.
/// </summary>
public sealed class JavaScriptClientTests(ITestOutputHelper output)
{
    private static readonly string Folder = Path.Combine(
        typeof(JavaScriptClientTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "RepositoryRoot").Value!,
        "tests",
        "node");

    [Theory(Timeout = 180_000)]
    [InlineData("json")]
    [InlineData("messagepack")]
    public async Task Microsofts_client_finds_the_contract_kept(string protocol)
    {
        var node = FindNode();
        Assert.SkipUnless(node is not null, "node is not installed, or 'npm ci' was not run in tests/node.");
        await using var server = await TestServer.StartAsync(
            ("CcSignal:Profiles:confined:Commands:0", "true"),
            ("CcSignal:Profiles:confined:Roots:0", "/tmp"),
            ("CcSignal:Profiles:confined:WorkingDirectory", "/tmp"),
            ("CcSignal:Admission:MaxRunning", "200"));

        var (exitCode, report) = await RunTestsAsync(node!, server, protocol);

        output.WriteLine(report);
        exitCode.ShouldBe(0, report[Math.Max(0, report.IndexOf("failing tests:", StringComparison.Ordinal))..]);
        server.LivingCommands.ShouldBeEmpty();
        server.Log.ShouldNotContain("Exception");
    }

    private static async Task<(int ExitCode, string Report)> RunTestsAsync(string node, TestServer server, string protocol)
    {
        var start = new ProcessStartInfo(node, ["--test", "--test-reporter=spec", "--test-timeout=60000", "--test-concurrency=4"]) { WorkingDirectory = Folder, RedirectStandardOutput = true };
        start.Environment["NO_COLOR"] = "1";
        start.Environment["CCSIGNAL_PROTOCOL"] = protocol;
        start.Environment["CCSIGNAL_CHILD"] = Child.Path;
        start.Environment["DOTNET_ROOT"] = Child.DotnetRoot;
        start.Environment[Defaults.UrlVariable] = server.Url.ToString().TrimEnd('/');
        start.Environment[Defaults.TokenVariable] = TestServer.Token;
        using var process = Process.Start(start)!;
        try
        {
            var report = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, report);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    private static string? FindNode()
    {
        var node = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(directory => Path.Combine(directory, OperatingSystem.IsWindows() ? "node.exe" : "node"))
            .FirstOrDefault(File.Exists);
        if (node is not null && Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            return node;
        }

        return Environment.GetEnvironmentVariable("CCSIGNAL_REQUIRE_NODE") == "1"
            ? throw new InvalidOperationException($"node, or node_modules in '{Folder}', is missing, and CCSIGNAL_REQUIRE_NODE=1 demands them.")
            : null;
    }
}
