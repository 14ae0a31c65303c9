using System.Text.Json;
using System.Xml.Linq;
using CcSignal.Load.Reporting;
using CcSignal.Load.Reporting.Model;
using CcSignal.Load.Reporting.Writers;
using CcSignal.TestKit;

namespace CcSignal.Load.Tests.Runs;

/// <summary>The program against the built server. Its gates that are no times are binding here.</summary>
public sealed class SmokeTests
{
    [Fact(Timeout = 400_000)]
    public async Task The_smoke_profile_passes_and_its_five_reports_agree()
    {
        using var folder = new TempDirectory();

        var (exitCode, output, said) = await LoadProgram.RunAsync("smoke", "--seed", "1", "--report", folder.Path);

        exitCode.ShouldBe(0, output + said);
        output.ShouldStartWith("PASS");
        var report = JsonSerializer.Deserialize<RunReport>(await File.ReadAllTextAsync(folder["report.json"], TestContext.Current.CancellationToken), JsonReport.Options)!;
        ReportRules.Check(report);
        report.Gates.ShouldNotBeEmpty();
        report.Gates.ShouldAllBe(gate => gate.State == GateState.Held);
        report.Environment.ShouldContain(new Fact("seed", "1"));
        report.Health.ShouldContain(sample => sample.ServerMemoryMb > 0);
        report.Health.ShouldContain(sample => sample.ServerHeapMb > 0);
        var (markdown, page, csv) = (Read("report.md"), Read("report.html"), Read("report.csv"));
        foreach (var scenario in report.Scenarios)
        {
            markdown.ShouldContain($"| `{scenario.Id}` | passed |");
            page.ShouldContain($"<td class=\"code\">{scenario.Id}</td>");
            csv.ShouldContain($"scenario,{scenario.Id},");
        }

        var tests = XDocument.Parse(Read("report.xml")).Root!;
        tests.Descendants("testcase").Count().ShouldBe(report.Scenarios.Count + report.Gates.Count);
        tests.Attribute("failures")!.Value.ShouldBe("0");

        string Read(string name) => File.ReadAllText(folder[name]);
    }

    [Fact(Timeout = 240_000)]
    public async Task An_interrupted_run_ends_in_order_and_is_invalid()
    {
        using var folder = new TempDirectory();
        await using var program = await LoadProgram.StartAsync("starts: runs", "starts", "--duration", "600", "--report", folder.Path);

        program.Interrupt();
        var (exitCode, output, said) = await program.EndAsync();

        exitCode.ShouldBe(3, output + said);
        var report = JsonSerializer.Deserialize<RunReport>(await File.ReadAllTextAsync(folder["report.json"], TestContext.Current.CancellationToken), JsonReport.Options)!;
        report.Verdict.ShouldBe(Verdict.Invalid);
        report.Interrupted.ShouldNotBeNull();
        report.Scenarios.Single().Checks.ShouldNotBeEmpty();
    }
}
