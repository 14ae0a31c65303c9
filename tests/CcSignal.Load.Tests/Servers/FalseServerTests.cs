using CcSignal.Load.CommandLine;
using CcSignal.Load.Gates;
using CcSignal.Load.Reporting;
using CcSignal.Load.Reporting.Model;
using CcSignal.Load.Runs;
using CcSignal.Load.Scenarios;

namespace CcSignal.Load.Tests.Servers;

/// <summary>A load test is worth what it finds: each broken server must fail, with what shows how it is broken.</summary>
public sealed class FalseServerTests
{
    private const int Limit = 240_000;

    [Theory(Timeout = Limit)]
    [InlineData(Lie.DropsAByte, "throughput", "SHA-#: expected #, observed #")]
    [InlineData(Lie.Reorders, "throughput", "the stream is in order, whole and ended")]
    [InlineData(Lie.LiesAboutTheExitCode, "error-handling", "exit code #: expected exited #, observed exited #")]
    public async Task A_server_that_falsifies_what_came_fails(Lie lie, string scenario, string evidence)
    {
        await using var server = await FalseServer.StartAsync(lie);

        var report = await RunAsync(server, scenario, gates: [], scale: 0.005);

        report.Verdict.ShouldBe(Verdict.Fail);
        report.Scenarios.Single().Failures.ShouldContain(group => group.Message.Contains(evidence, StringComparison.Ordinal), Told(report));
        report.Scenarios.Single().Failures.ShouldAllBe(group => group.Samples[0].ExecutionId != null);
    }

    [Fact(Timeout = Limit)]
    public async Task A_server_that_leaves_processes_fails_and_they_are_named()
    {
        await using var server = await FalseServer.StartAsync(Lie.LeaksAProcess);

        var report = await RunAsync(server, "cancel-zoo", GateFile.Read(GateFile.BesideThisProgram), scale: 0.05);

        report.Verdict.ShouldBe(Verdict.Fail, Told(report));
        report.Scenarios.Single().Checks.Single(check => check.Name == "processes left").Observed.ShouldContain("CcSignal.Child");
        report.Gates.Single(gate => gate.Id == "cancels-leave-nothing").State.ShouldBe(GateState.Broken);
    }

    [Fact(Timeout = Limit)]
    public async Task A_server_that_answers_late_fails_by_its_gate()
    {
        await using var server = await FalseServer.StartAsync(Lie.AnswersLate);
        var gate = new Gate { Id = "soon", Promise = "The first byte comes soon", Scenario = "first-byte", Figure = "first_byte_p50_ms", Is = "≤", Number = 2000, Unit = "ms" };

        var report = await RunAsync(server, "first-byte", [gate], scale: 1);

        report.Verdict.ShouldBe(Verdict.Fail, Told(report));
        report.Because.Single().ShouldStartWith("soon: The first byte comes soon: expected ≤ 2,000 ms, observed 3,");
    }

    [Fact(Timeout = Limit)]
    public async Task A_server_that_only_passes_on_passes()
    {
        await using var server = await FalseServer.StartAsync(Lie.None);

        var report = await RunAsync(server, "throughput", gates: [], scale: 0.005);

        report.Verdict.ShouldBe(Verdict.Pass, Told(report));
    }

    private static async Task<RunReport> RunAsync(FalseServer server, string scenario, IReadOnlyList<Gate> gates, double scale)
    {
        var options = new RunOptions { Url = server.Url, Token = "any", Seed = 1, Scale = scale, Duration = TimeSpan.FromSeconds(2) };
        var session = new LoadSession(options, "test", [Catalog.All.Single(card => card.Id == scenario)], gates, _ => { });
        var report = await session.RunAsync(TestContext.Current.CancellationToken);
        ReportRules.Check(report);
        return report;
    }

    private static string Told(RunReport report) => string.Join("; ", report.Because);
}
