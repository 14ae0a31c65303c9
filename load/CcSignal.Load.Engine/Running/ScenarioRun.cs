using CcSignal.Load.Engine.Pacing;
using CcSignal.Load.Engine.Recording;
using CcSignal.Load.Engine.Stats;
using CcSignal.Load.Measuring;

namespace CcSignal.Load.Engine.Running;

/// <summary>One scenario from making ready to cleaning up. Owns its iterations: none is under way when a phase has ended.</summary>
internal sealed class ScenarioRun : IDisposable
{
    private readonly ScenarioProps _props;
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;
    private readonly IReadOnlyList<Stage> _stages;
    private CancellationTokenSource _cancelled = new();
    private CancellationTokenSource _stopping = new();
    private long _began;
    private string? _stopped;

    public ScenarioRun(LoadRun whole, ScenarioProps props, LoadContext context)
    {
        Whole = whole;
        _props = props;
        _time = context.Time;
        _patience = context.CompletionTimeout;
        _stages = Stages.Of(props.Simulations);
    }

    public LoadRun Whole { get; }

    public string Name => _props.ScenarioName;

    public ScenarioOperation Operation { get; private set; } = ScenarioOperation.Init;

    public Recorder Recorder { get; private set; } = new();

    /// <summary>Since the phase began.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(_began);

    public CancellationToken Cancelled => _cancelled.Token;

    public bool EndsOnFailedStep => _props.RestartIterationOnFail;

    /// <summary>What the stages take in all; null: it depends on the iterations.</summary>
    public TimeSpan? Length => _stages.Aggregate((TimeSpan?)TimeSpan.Zero, (sum, stage) => stage switch
    {
        Stage.Open open => sum + open.Length,
        Stage.Closed closed => sum + closed.Length,
        Stage.Quiet quiet => sum + quiet.Length,
        _ => null,
    });

    public Task<IResponse> RunOnceAsync(IScenarioContext context) => _props.Run(context);

    public async Task InitAsync()
    {
        try
        {
            await (_props.Init?.Invoke(new InitContext(InfoFor(ScenarioOperation.Init))) ?? Task.CompletedTask);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"The scenario '{Name}' could not make ready: {exception.Message}", exception);
        }
    }

    /// <summary>Runs the first so long of the plan and forgets what was measured.</summary>
    public async Task WarmUpAsync()
    {
        if (_props.WarmUp is { } length && _stopped is null)
        {
            Operation = ScenarioOperation.WarmUp;
            using (_time.CreateTimer(_ => _stopping.Cancel(), null, length, Timeout.InfiniteTimeSpan))
            {
                await RunPhaseAsync();
            }

            Renew();
        }
    }

    public async Task<(ScenarioStats Stats, MeasuredScenario Measured)> BombAsync()
    {
        Operation = ScenarioOperation.Bombing;
        if (_stopped is null)
        {
            await RunPhaseAsync();
        }

        return Recorder.Close(Name, [.. _stages.Select(stage => stage.Words)], PlannedIterations(), Elapsed, _stopped);
    }

    public Task CleanAsync()
    {
        Operation = ScenarioOperation.Clean;
        return _props.Clean?.Invoke(new InitContext(InfoFor(ScenarioOperation.Clean))) ?? Task.CompletedTask;
    }

    public IEnumerable<ThresholdResult> Evaluate(ScenarioStats stats) => _props.Thresholds.Select(threshold => threshold.Evaluate(stats));

    /// <summary>Begins nothing more and cancels what is under way.</summary>
    public void Stop(string reason)
    {
        _stopped ??= reason;
        _stopping.Cancel();
        _cancelled.Cancel();
    }

    public void Check(long failed)
    {
        if (failed >= _props.MaxFailCount && Operation == ScenarioOperation.Bombing)
        {
            Whole.Stop(scenarioName: null, $"{failed} iterations of '{Name}' failed, which is the limit.");
        }
    }

    public void Dispose()
    {
        _cancelled.Dispose();
        _stopping.Dispose();
    }

    private async Task RunPhaseAsync()
    {
        _began = _time.GetTimestamp();
        await new Pacer(this, _time, _stopping.Token).RunAsync(_stages, _patience, _cancelled);
    }

    private long? PlannedIterations() => _stages.Aggregate((long?)0, (sum, stage) => sum + stage.Planned);

    private void Renew()
    {
        if (_stopped is null)
        {
            Dispose();
            (_cancelled, _stopping) = (new CancellationTokenSource(), new CancellationTokenSource());
        }

        Recorder = new Recorder();
    }

    private ScenarioInfo InfoFor(ScenarioOperation operation) =>
        new() { InstanceId = Name, InstanceNumber = 0, ScenarioName = Name, ScenarioOperation = operation };

    private sealed record InitContext(ScenarioInfo ScenarioInfo) : IScenarioInitContext;
}
