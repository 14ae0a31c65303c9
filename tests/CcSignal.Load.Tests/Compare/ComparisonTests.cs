using System.Diagnostics;
using System.Text.Json;
using CcSignal.Load.Reporting;
using CcSignal.Load.Reporting.Model;
using CcSignal.Load.Reporting.Writers;
using CcSignal.Load.Subjects;
using CcSignal.Load.Tests.Runs;
using CcSignal.TestKit;

namespace CcSignal.Load.Tests.Compare;

/// <summary>The comparison with whoever is installed here, at its smallest: its figures say nothing, its report must hold together.</summary>
public sealed class ComparisonTests
{
    [Fact(Timeout = 600_000)]
    public async Task The_compare_profile_makes_a_report_and_a_table_over_the_protocol_that_was_asked_for()
    {
        using var folder = new TempDirectory();

        var (_, output, said) = await LoadProgram.RunAsync("compare", "--scale", "0.01", "--rounds", "1", "--protocol", "json", "--seed", "1", "--report", folder.Path);

        var report = JsonSerializer.Deserialize<RunReport>(await File.ReadAllTextAsync(folder["report.json"], TestContext.Current.CancellationToken), JsonReport.Options)!;
        ReportRules.Check(report);
        var scenario = report.Scenarios.Single();
        scenario.Status.ShouldBe(Status.Passed, output + said);
        report.Environment.ShouldContain(new Fact("transport", "WebSockets, hub protocol json"));
        var table = scenario.Comparison.ShouldNotBeNull();
        output.ShouldContain(MarkdownComparison.Text(table));
        table.Subjects.Count.ShouldBe(4 - table.Skipped.Count);
        foreach (var row in table.Rows)
        {
            var served = row.Id.StartsWith("idle-", StringComparison.Ordinal);
            row.Cells.Select(cell => cell.Subject).ShouldBe(table.Subjects.Where(subject => !served || subject != "raw pipe"));
            scenario.Figures.Single(figure => figure.Name == $"{row.Id}_hub").Value.ShouldBe(row.Cells[0].Value.Median);
        }

        table.Rows.Single(row => row.Id == "live-p50").Of("hub")!.Value.Median.ShouldBeGreaterThan(0);
        report.Gates.ShouldContain(gate => gate.Id == "idle-execution-is-small" && gate.State != GateState.NotEvaluated);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_private_ssh_server_runs_commands_and_leaves_nothing()
    {
        Assert.SkipWhen(SshPrograms.Installed() is null, "ssh is not installed with its server");
        var before = SshFolders();
        long bytes = 0;
        await using (var ssh = await SharedSsh.StartAsync(SshPrograms.Installed()!, TestContext.Current.CancellationToken))
        {
            var reading = await ssh.ReadAsync(["/bin/echo", "it's", "two  words"], TestContext.Current.CancellationToken, piece => bytes += piece.Length);

            reading.Bytes.ShouldBe("it's two  words\n".Length);
            bytes.ShouldBe(reading.Bytes);
        }

        SshFolders().ShouldBe(before);
    }

    [Fact]
    public void The_memory_of_a_process_is_told_in_bytes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "it needs Linux's /proc");

        ServedMemory.Of(Environment.ProcessId).ShouldBeInRange(1_000_000, Process.GetCurrentProcess().PeakWorkingSet64 * 2);
    }

    private static string[] SshFolders() => Directory.GetDirectories(Path.GetTempPath(), "ccsignal-ssh-*");
}
