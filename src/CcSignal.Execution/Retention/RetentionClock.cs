using CcSignal.Execution.Admission;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CcSignal.Execution.Retention;

/// <summary>Sweeps from time to time, beside everything else. Owns its loop.</summary>
internal sealed partial class RetentionClock(
    RetentionSweep sweep, IOptions<RetentionOptions> options, IOptions<ProfilesOptions> profiles, TimeProvider time, ILogger<RetentionClock> logger) : BackgroundService
{
    private readonly IReadOnlyList<RetentionRule> _rules = RetentionRule.Of(options.Value, profiles.Value.Profiles);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await TryAsync(async () =>
        {
            await sweep.FinishAsync();
            await sweep.FindOrphansAsync(options.Value.RemoveOrphans, stoppingToken);
        });
        if (_rules.Count == 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.IntervalSeconds), time);
        do
        {
            await TryAsync(async () =>
            {
                var removed = 0;
                foreach (var rule in _rules)
                {
                    removed += await sweep.RunAsync(rule, stoppingToken);
                }

                if (removed > 0)
                {
                    await sweep.TidyAsync(stoppingToken);
                }
            });
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
#pragma warning disable CA1031 // Whatever keeps it from removing something: the next sweep tries again, and everything else goes on.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Log.Failed(logger, fault);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4111, LogLevel.Error, "Retention could not be done; it is tried again at the next sweep.")]
        public static partial void Failed(ILogger logger, Exception fault);
    }
}
