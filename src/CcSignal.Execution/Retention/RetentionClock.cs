using CcSignal.Execution.Admission;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CcSignal.Execution.Retention;

/// <summary>Sweeps from time to time, beside everything else. Owns its loops: one removes, one compresses, and neither waits for the other.</summary>
internal sealed partial class RetentionClock(
    RetentionSweep sweep,
    CompressionSweep compression,
    IOptions<RetentionOptions> options,
    IOptions<ProfilesOptions> profiles,
    TimeProvider time,
    ILogger<RetentionClock> logger) : BackgroundService
{
    private readonly IReadOnlyList<RetentionRule> _rules = RetentionRule.Of(options.Value, profiles.Value.Profiles);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await TryAsync(async () =>
        {
            compression.Clear();
            await sweep.FinishAsync();
            await sweep.FindOrphansAsync(options.Value.RemoveOrphans, stoppingToken);
        });
        await Task.WhenAll(
            _rules.Count > 0 ? RepeatAsync(() => RemoveAsync(stoppingToken), stoppingToken) : Task.CompletedTask,
            compression.IsOn ? RepeatAsync(() => compression.RunAsync(stoppingToken), stoppingToken) : Task.CompletedTask);
    }

    private async Task RemoveAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var rule in _rules)
        {
            removed += await sweep.RunAsync(rule, cancellationToken);
        }

        if (removed > 0)
        {
            await sweep.TidyAsync(cancellationToken);
        }
    }

    private async Task RepeatAsync(Func<Task> act, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.IntervalSeconds), time);
        do
        {
            await TryAsync(act);
        }
        while (!stoppingToken.IsCancellationRequested && await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (OperationCanceledException)
        {
            // The server stops; what was begun is finished by the next one.
        }
#pragma warning disable CA1031 // Whatever keeps it from its work: the next sweep tries again, and everything else goes on.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Log.Failed(logger, fault);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4111, LogLevel.Error, "Recordings could not be removed or compressed; it is tried again at the next sweep.")]
        public static partial void Failed(ILogger logger, Exception fault);
    }
}
