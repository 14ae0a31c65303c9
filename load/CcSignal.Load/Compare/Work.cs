using System.Diagnostics;
using System.Globalization;
using CcSignal.Load.Subjects;

namespace CcSignal.Load.Compare;

/// <summary>Something to do through every subject, and the one figure that comes of it.</summary>
/// <param name="Id">Short, for figures.</param>
/// <param name="Unit">Of the figure.</param>
/// <param name="Name">What is measured, with its unit.</param>
/// <param name="Format">How a figure is written.</param>
/// <param name="MeasureAsync">Does it once.</param>
internal sealed record Work(string Id, string Unit, string Name, string Format, Func<ISubject, CancellationToken, Task<double>> MeasureAsync)
{
    /// <summary>Bytes per second of one command that writes so many.</summary>
    public static Work Throughput(string id, string name, long bytes, params string[] command) => new(id, "MB/s", $"{name}, MB/s", "0", async (subject, cancellationToken) =>
    {
        await subject.PrepareAsync(command, cancellationToken);
        var reading = await subject.ReadAsync(command, cancellationToken);
        return reading.Bytes != bytes
            ? throw new InvalidOperationException($"{subject.Name} gave {reading.Bytes} of {bytes} bytes.")
            : reading.Bytes / reading.Total.TotalSeconds / 1e6;
    });

    /// <summary>Commands per second, from the call to the known end.</summary>
    public static Work Starts(int count, int atOnce, params string[] command) => new(
        string.Create(CultureInfo.InvariantCulture, $"starts-{atOnce}"), "/s",
        string.Create(CultureInfo.InvariantCulture, $"`{command[0]}`, {atOnce} at once, per second"), "0", async (subject, cancellationToken) =>
    {
        await subject.PrepareAsync(command, cancellationToken);
        var start = Stopwatch.GetTimestamp();
        var options = new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, count, options, async (_, token) => await subject.ReadAsync(command, token));
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    });

    /// <summary>A quantile of the time from the call to the first byte, one command after another.</summary>
    public static Work FirstByte(int count, double quantile, params string[] command) => new(
        string.Create(CultureInfo.InvariantCulture, $"first-byte-p{quantile * 100:0}"), "ms",
        string.Create(CultureInfo.InvariantCulture, $"first byte of `{command[0]}`, p{quantile * 100:0}, ms"), "0.00", async (subject, cancellationToken) =>
    {
        await subject.PrepareAsync(command, cancellationToken);
        var latencies = new Figures();
        for (var start = 0; start < count; start++)
        {
            latencies.Add((await subject.ReadAsync(command, cancellationToken)).FirstByte!.Value.TotalMilliseconds);
        }

        return latencies.Quantile(quantile);
    });
}
