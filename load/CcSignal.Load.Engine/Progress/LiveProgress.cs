using CcSignal.Load.Engine.Running;

namespace CcSignal.Load.Engine.Progress;

/// <summary>Tells a view how far a run has come, until it is disposed. Owns the loop that does.</summary>
internal sealed class LiveProgress : IAsyncDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _loop;

    private LiveProgress(LoadRun run, LoadContext context) => _loop = LoopAsync(run, context.View(context), context.Time);

    public static LiveProgress Start(LoadRun run, LoadContext context) => new(run, context);

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _loop;
        _ended.Dispose();
    }

    private async Task LoopAsync(LoadRun run, IProgressView view, TimeProvider time)
    {
        while (!_ended.IsCancellationRequested)
        {
            await Task.Delay(view.Interval, time, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            view.Show([.. run.Scenarios.Select(LineOf)]);
        }

        view.End();
    }

    private static ProgressLine LineOf(ScenarioRun scenario)
    {
        var (ok, failed, inFlight) = scenario.Recorder.Now;
        return new(scenario.Name, scenario.Operation == ScenarioOperation.WarmUp ? "warm-up" : "runs", scenario.Elapsed, scenario.Length, ok, failed, inFlight);
    }
}
