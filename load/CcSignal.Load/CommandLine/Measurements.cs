using System.CommandLine;
using CcSignal.Load.Streams;
using CcSignal.Load.Trees;

namespace CcSignal.Load.CommandLine;

/// <summary>Measurements beside the scenarios: each prints a table and judges nothing.</summary>
internal static class Measurements
{
    public static Command Trees()
    {
        var rounds = Rounds();
        var count = new Option<int>("--count") { Description = "Commands behind each figure.", DefaultValueFactory = _ => 200 };
        var idle = new Option<int>("--idle") { Description = "Commands that do nothing, at once.", DefaultValueFactory = _ => 1000 };
        var trees = new Command("trees", "What it costs to hold process trees together, with and without control groups: starts, cancels, idle commands.") { rounds, count, idle };
        trees.SetAction((parsed, cancellationToken) => TreeReport.WriteAsync(
            parsed.GetValue(rounds), parsed.GetValue(count), parsed.GetValue(idle), Console.Out, Console.Error.WriteLine, cancellationToken));
        return trees;
    }

    public static Command Streams()
    {
        var followers = new Option<int>("--followers") { Description = "Followers of one execution.", DefaultValueFactory = _ => 200 };
        var fanOutBytes = new Option<long>("--fan-out-bytes") { Description = "What that execution writes.", DefaultValueFactory = _ => 10_000_000 };
        var executions = new Option<int>("--executions") { Description = "Executions that write a line a second.", DefaultValueFactory = _ => 1000 };
        var seconds = new Option<int>("--seconds") { Description = "For so long.", DefaultValueFactory = _ => 30 };
        var floods = new Option<int>("--floods") { Description = "Streams of one connection that flood.", DefaultValueFactory = _ => 8 };
        var calls = new Option<int>("--calls") { Description = "Calls beside them.", DefaultValueFactory = _ => 200 };
        var stalledBytes = new Option<long>("--stalled-bytes") { Description = "Output beside a reader who stands still.", DefaultValueFactory = _ => 10_000_000_000 };
        var readers = new Option<int>("--readers") { Description = "Readers of that at full speed.", DefaultValueFactory = _ => 10 };
        var replayBytes = new Option<long>("--replay-bytes") { Description = "Output that is recorded and then read again.", DefaultValueFactory = _ => 1_000_000_000 };
        var streams = new Command("streams", "What delivering costs: many followers, many executions, floods, readers who stand still.")
        {
            followers, fanOutBytes, executions, seconds, floods, calls, stalledBytes, readers, replayBytes,
        };
        streams.SetAction((parsed, cancellationToken) => StreamsReport.WriteAsync(
            new StreamsSizes
            {
                Followers = parsed.GetValue(followers),
                FanOutBytes = parsed.GetValue(fanOutBytes),
                Executions = parsed.GetValue(executions),
                Seconds = parsed.GetValue(seconds),
                Floods = parsed.GetValue(floods),
                Calls = parsed.GetValue(calls),
                StalledBytes = parsed.GetValue(stalledBytes),
                Readers = parsed.GetValue(readers),
                ReplayBytes = parsed.GetValue(replayBytes),
            },
            Console.Out,
            Console.Error.WriteLine,
            cancellationToken));
        return streams;
    }

    private static Option<int> Rounds() => new("--rounds") { Description = "Every figure is the median of so many rounds.", DefaultValueFactory = _ => 5 };
}
