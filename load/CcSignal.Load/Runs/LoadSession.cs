using System.Diagnostics;
using System.Globalization;
using CcSignal.Client;
using CcSignal.Contracts;
using CcSignal.Load.CommandLine;
using CcSignal.Load.Gates;
using CcSignal.Load.Health;
using CcSignal.Load.Reporting;
using CcSignal.Load.Reporting.Model;
using CcSignal.Load.Scenarios;
using CcSignal.Load.Subjects;

namespace CcSignal.Load.Runs;

/// <summary>A run from its first to its last moment: the server, the scenarios one after another, what is seen of both machines, the verdict.</summary>
internal sealed class LoadSession(RunOptions options, string profile, IReadOnlyList<LoadScenario> scenarios, IReadOnlyList<Gate> gates, Action<string> tell)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly DateTimeOffset _began = TimeProvider.System.GetLocalNow();
    private readonly Health.Activity _activity = new();

    private double Seconds => Stopwatch.GetElapsedTime(_start).TotalSeconds;

    /// <summary>Runs everything; a stop ends it in order, with a report of what was measured.</summary>
    /// <exception cref="BadInputException">The server that was given cannot be used.</exception>
    public async Task<RunReport> RunAsync(CancellationToken stopping)
    {
        await using var own = options.Url is null ? await StartAsync(stopping) : null;
        var url = own?.Url ?? options.Url!;
        var bench = new Bench(options, url, own?.Token ?? options.Token, own, _activity, stopping);
        var server = await DescribeAsync(bench, stopping);
        var isSameMachine = own is not null || (url.IsLoopback && ProcessFigures.Of(server.ProcessId) is not null);
        await using var health = new HealthSampler(() => Seconds, () => own?.ServerProcessId ?? (isSameMachine ? server.ProcessId : null), _activity);
        var runner = new ScenarioRunner(bench, () => Seconds, () => health.Samples);
        var reports = new List<ScenarioReport>();
        foreach (var scenario in scenarios)
        {
            reports.Add(await runner.RunAsync(scenario, reports));
            Tell(reports[^1]);
        }

        return Report(reports, health.Samples, server, own is not null, isSameMachine, stopping.IsCancellationRequested ? "it was interrupted" : null);
    }

    private static async Task<ServerUnderLoad> StartAsync(CancellationToken stopping)
    {
        try
        {
            return await ServerUnderLoad.StartAsync(
                stopping,
                ("CcSignal__Admission__MaxRunning", Words.Say($"{RunningAtOnce()}")),
                ($"CcSignal__Profiles__{Defaults.Profile}__StopGraceSeconds", "2"));
        }
        catch (InvalidOperationException error)
        {
            throw new BadInputException(error.Message.ReplaceLineEndings(" "));
        }
    }

    // More than anything asks for at once, where the machine allows so many files: the queue is measured by a server of its own.
    private static int RunningAtOnce()
    {
        const int most = 1200;
        const int filesOfEach = 12;
        const string limits = "/proc/self/limits";
        var hard = File.Exists(limits)
            ? File.ReadLines(limits).First(line => line.StartsWith("Max open files", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[4]
            : "";
        return int.TryParse(hard, CultureInfo.InvariantCulture, out var files) ? Math.Clamp(files / filesOfEach, 16, most) : most;
    }

    private static async Task<ServerInfo> DescribeAsync(Bench bench, CancellationToken stopping)
    {
        try
        {
            await using var client = await bench.ConnectAsync(stopping);
            return await client.Client.DescribeAsync(stopping);
        }
        catch (CcSignalException error)
        {
            throw new BadInputException(error.Message.ReplaceLineEndings(" "));
        }
    }

    private RunReport Report(
        IReadOnlyList<ScenarioReport> reports, IReadOnlyList<HealthSample> health, ServerInfo server, bool isOwn, bool isSameMachine, string? interrupted)
    {
        var missing = gates.Where(gate => gate.Needs is { } program && Programs.Installed(program) is null).ToArray();
        var results = GateEvaluation.Of(gates.Except(missing), reports);
        var (verdict, because) = Judgement.Of(reports, results, interrupted);
        return new()
        {
            Verdict = verdict,
            Because = because,
            Profile = profile,
            Engine = EngineName.Facts,
            Times = new(_began, TimeProvider.System.GetLocalNow(), Seconds, reports.Sum(report => report.Seconds), reports.Sum(report => report.MeasuredSeconds)),
            Counts = Counts.Of(reports),
            Gates = results,
            Scenarios = reports,
            Health = health,
            Environment = [.. EnvironmentFacts.Of(options, server, isOwn, isSameMachine)],
            Limits = [.. ReportLimits.Of(reports, missing, health, profile, EnvironmentFacts.NameOf(options.Format), isSameMachine)],
            Interrupted = interrupted,
        };
    }

    private void Tell(ScenarioReport report)
    {
        var detail = report.Reason ?? (report.Failures is [var first, ..] ? first.Samples[0].Message : null);
        tell($"{Words.Of(report.Status),-8}{report.Id} ({ChecksOf(report)}, {Words.Seconds(report.Seconds)}){(detail is null ? "" : $": {detail}")}");
    }

    private static string ChecksOf(ScenarioReport report) => $"{Reporting.Writers.MarkdownReport.Checks(report)} checks";
}
