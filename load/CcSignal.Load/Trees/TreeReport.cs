using System.Globalization;
using CcSignal.Load.Compare;

namespace CcSignal.Load.Trees;

/// <summary>Measures servers that hold their trees together in different ways, in turns, and writes what came of it as Markdown.</summary>
internal static class TreeReport
{
    public static async Task WriteAsync(int rounds, int count, int idle, TextWriter output, Action<string> progress, CancellationToken cancellationToken)
    {
        var measurements = new List<TreeMeasurement>();
        try
        {
            foreach (var groups in (string[])["v2", "none"])
            {
                if (await TreeMeasurement.StartAsync(groups, idle, cancellationToken) is { } measurement)
                {
                    measurements.Add(measurement);
                }
                else
                {
                    output.WriteLine($"Skipped: control groups {groups} cannot be had here.");
                }
            }

            output.WriteLine($"Milliseconds, p50 / p99 of {count} each, the median round of {rounds}; through the hub, one after another.");
            output.WriteLine();
            Write(output, ["", .. measurements.Select(measurement => $"control groups: {measurement.Groups}")]);
            Write(output, ["---", .. measurements.Select(_ => "---:")]);
            foreach (var (name, script) in TreeMeasurement.Commands)
            {
                await WriteRowAsync($"cancel to empty tree: {name}", measurement => measurement.CancelsAsync(script, count, cancellationToken));
            }

            await WriteRowAsync("`/bin/true`, call to known end", measurement => measurement.StartsAsync(count, cancellationToken));
            var idles = new List<string>();
            foreach (var measurement in measurements)
            {
                progress($"idle: {measurement.Groups}");
                var (bytes, descriptors) = await measurement.IdleAsync(idle, cancellationToken);
                idles.Add(string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024:0.0} KiB, {descriptors:0.0} descriptors"));
            }

            Write(output, [$"server's cost of each of {idle} idle commands", .. idles]);
            output.WriteLine();
            foreach (var fact in Machine.Facts())
            {
                output.WriteLine($"- {fact}");
            }
        }
        finally
        {
            foreach (var measurement in measurements)
            {
                await measurement.DisposeAsync();
            }
        }

        async Task WriteRowAsync(string name, Func<TreeMeasurement, Task<Figures>> measure)
        {
            var middles = measurements.ToDictionary(measurement => measurement, _ => new Figures());
            var tails = measurements.ToDictionary(measurement => measurement, _ => new Figures());
            for (var round = 0; round <= rounds; round++)
            {
                foreach (var measurement in measurements)
                {
                    progress($"round {round} of {rounds}: {name}: {measurement.Groups}");
                    var figures = await measure(measurement);
                    if (round > 0)
                    {
                        middles[measurement].Add(figures.Quantile(0.5));
                        tails[measurement].Add(figures.Quantile(0.99));
                    }
                }
            }

            Write(output, [name, .. measurements.Select(measurement => string.Create(
                CultureInfo.InvariantCulture, $"{middles[measurement].Quantile(0.5):0.00} / {tails[measurement].Quantile(0.5):0.00}"))]);
        }
    }

    private static void Write(TextWriter output, IEnumerable<string> cells) => output.WriteLine($"| {string.Join(" | ", cells)} |");
}
