using CcSignal.Load.Gates;
using CcSignal.Load.Measuring;
using CcSignal.Load.Reporting;
using CcSignal.Load.Reporting.Model;

namespace CcSignal.Load.Tests;

/// <summary>Reports as a run makes them.</summary>
internal static class Reports
{
    public static ScenarioReport Passed(string id = "good") => new()
    {
        Id = id,
        Title = "A good one",
        Purpose = "It shows that something holds.",
        Status = Status.Passed,
        BeganSeconds = 1,
        Seconds = 2,
        MeasuredSeconds = 1.5,
        Checks = [new("bytes", "10", "10", 3, 0)],
        Figures = [new("speed", 42.5, "MB/s")],
        Load = new LoadFacts { Stages = ["keep 1 copies for 1 s"], Planned = 3, Started = 3, Dropped = 0, PeakInFlight = 1, Ok = 3, Failed = 0, PerSecond = 2 },
        Latencies = [new("service", LatencySummary.Of(Histogram()))],
        Distribution = [new(50, 1), new(99, 9)],
        Series = [new(0, 2, 0, 20, 1, 1, 2), new(1, 1, 0, 10, 1, 1, 2)],
    };

    public static ScenarioReport Failed(string id = "bad", string message = "bytes: expected 10, observed 9") => Passed(id) with
    {
        Title = "A bad one",
        Status = Status.Failed,
        Checks = [new("bytes", "10", "9", 1, 1)],
        Failures =
        [
            new()
            {
                Code = "check_failed",
                Message = "bytes: expected #, observed #",
                Count = 1,
                FirstSeconds = 2,
                LastSeconds = 2,
                Samples =
                [
                    new() { Message = message, ExecutionId = "e1", Cause = "Exited", ExitCode = 0, StdoutBytes = 9, StderrBytes = 0, StdoutHead = "<b>nine | ]]> \\x00", StderrHead = "" },
                ],
                Inferred = new("a short write", "the end counts 10 bytes"),
            },
        ],
    };

    public static ScenarioReport Compared() => Passed("compared") with
    {
        Comparison = new(
            3, ["hub", "raw pipe", "ssh"],
            [
                new("flood", "throughput", "MB/s", IsHigherBetter: true,
                [
                    new("hub", new(500, 400, 550), Ratio: null),
                    new("raw pipe", new(600, 590, 610), new(0.8, 0.7, 0.9)),
                    new("ssh", new(200, 190, 210), new(2.5, 2.1, 2.6)),
                ]),
                new("idle", "memory", "KiB", IsHigherBetter: false, [new("hub", new(38, 37, 39), Ratio: null), new("ssh", new(76, 76, 76), new(0.5, 0.49, 0.51))]),
            ],
            ["websocketd is not installed"]),
    };

    public static ScenarioReport With(Status status) => Passed($"{status}".ToLowerInvariant()) with { Status = status, Reason = "because", Checks = [], Failures = [] };

    public static RunReport Of(params ScenarioReport[] scenarios) => Of(scenarios, []);

    public static RunReport Of(ScenarioReport[] scenarios, Gate[] gates, string? interrupted = null)
    {
        var results = GateEvaluation.Of(gates, scenarios);
        var (verdict, because) = Judgement.Of(scenarios, results, interrupted);
        return new()
        {
            Verdict = verdict,
            Because = because,
            Profile = "test",
            Engine = new("built-in", "CcSignal.Load.Engine", "0.1.0"),
            Times = new(
                new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.FromHours(1)), new DateTimeOffset(2026, 11, 22, 10, 1, 0, TimeSpan.FromHours(1)),
                60, scenarios.Sum(scenario => scenario.Seconds), scenarios.Sum(scenario => scenario.MeasuredSeconds)),
            Counts = Counts.Of(scenarios),
            Gates = results,
            Scenarios = scenarios,
            Health = [new() { Second = 1, Executions = 0, Connections = 1, ClientCpuPercent = 10, ClientMemoryMb = 50, ClientTimerLagMs = 1, ClientQueue = 0, ClientCollections = 0 }],
            Environment = [new("cores", "2"), new("command line", "--seed 1 \"quoted\" <tag>")],
            Limits = ["A shared machine."],
            Interrupted = interrupted,
        };
    }

    public static Gate Gate(string scenario = "good", string @is = "≥", double number = 10, string figure = "speed", bool isTime = false) =>
        new() { Id = $"{scenario}-gate", Promise = "It is quick", Scenario = scenario, Figure = figure, Is = @is, Number = number, Unit = "MB/s", IsTime = isTime };

    private static LatencyHistogram Histogram()
    {
        var histogram = new LatencyHistogram();
        foreach (var milliseconds in Enumerable.Range(1, 12))
        {
            histogram.Record(TimeSpan.FromMilliseconds(milliseconds));
        }

        return histogram;
    }
}
