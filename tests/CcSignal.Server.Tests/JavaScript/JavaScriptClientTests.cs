using CcSignal.TestKit;

namespace CcSignal.Server.Tests.JavaScript;

/// <summary>
/// Runs <c>tests/node</c>: the whole wire contract through Microsoft's JavaScript client, once for each hub protocol, against this server. Needs node and
/// <c>npm ci</c> in that folder; without them it is skipped, but fails where CCSIGNAL_REQUIRE_NODE says that they must be there.
/// </summary>
public sealed class JavaScriptClientTests(ITestOutputHelper output)
{
    [Theory(Timeout = 180_000)]
    [InlineData("json")]
    [InlineData("messagepack")]
    public async Task Microsofts_client_finds_the_contract_kept(string protocol)
    {
        Assert.SkipUnless(NodeProgram.IsThere, "node is not installed, or 'npm ci' was not run in tests/node.");
        await using var server = await TestServer.StartAsync(
            ("CcSignal:Profiles:confined:Commands:0", "true"),
            ("CcSignal:Profiles:confined:Roots:0", "/tmp"),
            ("CcSignal:Profiles:confined:WorkingDirectory", "/tmp"),
            ("CcSignal:Admission:MaxRunning", "200"));

        var (exitCode, report) = await NodeProgram.RunAsync(
            server.Url, protocol, ["--test", "--test-reporter=spec", "--test-timeout=60000", "--test-concurrency=4"], TestContext.Current.CancellationToken);

        output.WriteLine(report);
        exitCode.ShouldBe(0, report[Math.Max(0, report.IndexOf("failing tests:", StringComparison.Ordinal))..]);
        server.LivingCommands.ShouldBeEmpty();
        server.Log.ShouldNotContain("Exception");
    }
}
