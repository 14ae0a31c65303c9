using System.Diagnostics;
using System.Globalization;
using CcSignal.Load.Reporting;
using CcSignal.Load.Subjects;

namespace CcSignal.Load.Compare;

/// <summary>Something to do through every subject, and the figures that come of it.</summary>
/// <param name="Measures">What its figures are, in their order.</param>
/// <param name="MeasureAsync">Does it once.</param>
internal sealed record Work(IReadOnlyList<Measure> Measures, Func<ISubject, CancellationToken, Task<double[]>> MeasureAsync)
{
    // bash tells the time and waits without starting a process, so that a line costs what a line costs.
    private const string Shell = "/bin/bash";
    private const string Live = "exec 3<> <(:); for ((i = 0; i < $1; i++)); do read -rt $2 -u 3; printf '%s\\n' \"$EPOCHREALTIME\"; done; true";
    private const int LiveAtOnce = 8;
    private const int LiveLines = 15;
    private const string LiveInterval = "0.2";

    /// <summary>The programs it needs that are not on every machine.</summary>
    public static IReadOnlyList<string> Needs { get; } = [Shell, "/bin/true", "/bin/echo"];

    /// <summary>Whether only a subject with a server can do it.</summary>
    public bool NeedsServer { get; private init; }

    /// <summary>Bytes per second of one command that writes so many.</summary>
    public static Work Throughput(string id, string name, long bytes, params string[] command) => new([new(id, name, "MB/s", IsHigherBetter: true)], async (subject, cancellationToken) =>
    {
        await subject.PrepareAsync(command, cancellationToken);
        var reading = await subject.ReadAsync(command, cancellationToken);
        return reading.Bytes != bytes
            ? throw new InvalidOperationException($"{subject.Name} gave {reading.Bytes} of {bytes} bytes.")
            : [reading.Bytes / reading.Total.TotalSeconds / 1e6];
    });

    /// <summary>Commands per second, from the call to the known end.</summary>
    public static Work Starts(int count, int atOnce, params string[] command) => new(
        [new(Words.Say($"starts-{atOnce}"), Words.Say($"starts of {command[0]}, {atOnce} at once"), "/s", IsHigherBetter: true)], async (subject, cancellationToken) =>
    {
        await subject.PrepareAsync(command, cancellationToken);
        var start = Stopwatch.GetTimestamp();
        var options = new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, count, options, async (_, token) => await subject.ReadAsync(command, token));
        return [count / Stopwatch.GetElapsedTime(start).TotalSeconds];
    });

    /// <summary>From the call to the first byte, one command after another.</summary>
    public static Work FirstByte(int count, params string[] command) => new(
        [Time("first-byte-p50", $"first byte of {command[0]}, p50"), Time("first-byte-p99", $"first byte of {command[0]}, p99")], async (subject, cancellationToken) =>
    {
        await subject.PrepareAsync(command, cancellationToken);
        var latencies = new Figures();
        for (var start = 0; start < count; start++)
        {
            latencies.Add((await subject.ReadAsync(command, cancellationToken)).FirstByte!.Value.TotalMilliseconds);
        }

        return [latencies.Quantile(0.5), latencies.Quantile(0.99)];
    });

    /// <summary>From the write of a line to its arrival, of commands that write a few lines a second and tell in each when that was.</summary>
    public static Work LiveLatency() => new(
        [Time("live-p50", "live: a line from write to client, p50"), Time("live-p99", "live: a line from write to client, p99")], async (subject, cancellationToken) =>
    {
        string[] command = [Shell, "-c", Live, "live", LiveLines.ToString(CultureInfo.InvariantCulture), LiveInterval];
        await subject.PrepareAsync(command, cancellationToken);
        var readers = Enumerable.Range(0, LiveAtOnce).Select(_ => new LineAges()).ToArray();
        await Task.WhenAll(readers.Select(reader => subject.ReadAsync(command, cancellationToken, reader.Take)));
        var ages = new Figures();
        foreach (var age in readers.SelectMany(reader => reader.Milliseconds))
        {
            ages.Add(age);
        }

        return ages.Count != LiveAtOnce * LiveLines
            ? throw new InvalidOperationException($"{subject.Name} gave {ages.Count} of {LiveAtOnce * LiveLines} lines.")
            : [ages.Quantile(0.5), ages.Quantile(0.99)];
    });

    /// <summary>What a command that does nothing costs the server.</summary>
    public static Work IdleExecution(int count) => Memory("idle-execution", "server's memory per idle execution", count, (serving, more, token) => serving.AddExecutionsAsync(more, token));

    /// <summary>What a connection on which nothing is said costs the server.</summary>
    public static Work IdleConnection(int count) => Memory("idle-connection", "server's memory per idle connection", count, (serving, more, token) => serving.AddConnectionsAsync(more, token));

    private static Work Memory(string id, string name, int count, Func<IServing, int, CancellationToken, Task> addAsync) => new([new(id, name, "KiB", IsHigherBetter: false)], async (subject, cancellationToken) =>
    {
        var served = (IServedSubject)subject;
        var held = Math.Min(count, served.MostHeld);
        var first = Math.Max(1, held / 5); // with these a server grows up: what they cost beyond themselves, it pays once
        await using var serving = await served.ServeAsync(first + held, cancellationToken);
        await addAsync(serving, first, cancellationToken);
        var before = serving.MemoryBytes;
        await addAsync(serving, held, cancellationToken);
        return [(serving.MemoryBytes - before) / 1024.0 / held];
    })
    { NeedsServer = true };

    private static Measure Time(string id, string name) => new(id, name, "ms", IsHigherBetter: false);
}
