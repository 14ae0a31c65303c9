using CcSignal.Load.Engine.Pacing;

namespace CcSignal.Load.Engine.Running;

/// <summary>Begins the iterations of a scenario's stages at their times. Owns those under way.</summary>
internal sealed class Pacer(ScenarioRun scenario, TimeProvider time, CancellationToken stopping)
{
    // Beyond this the client only measures its own memory: what should begin then is counted as dropped.
    private const int MaxInFlight = 100_000;

    private readonly Lock _lock = new();
    private readonly HashSet<Task> _running = [];
    private readonly Dictionary<int, Task> _loops = [];
    private CopyPool? _pool;
    private int _wanted;

    /// <summary>Runs the stages, then waits for what is under way; what takes longer than its patience is cancelled.</summary>
    public async Task RunAsync(IReadOnlyList<Stage> stages, TimeSpan patience, CancellationTokenSource cancel)
    {
        _pool = new CopyPool(number => new Copy(number, scenario));
        var start = TimeSpan.Zero;
        foreach (var stage in stages)
        {
            if (stage is not Stage.Closed)
            {
                Want(0);
            }

            start = await (stage switch
            {
                Stage.Open open => InjectAsync(open, start),
                Stage.Closed closed => KeepAsync(closed, start),
                Stage.Shared shared => ShareAsync(shared),
                Stage.Quiet quiet => UntilAsync(start + quiet.Length),
                _ => throw new NotSupportedException($"{stage} is no stage."),
            });
        }

        Want(0);
        await using (time.CreateTimer(_ => cancel.Cancel(), null, patience, Timeout.InfiniteTimeSpan))
        {
            await AllAsync();
        }
    }

    private async Task<TimeSpan> InjectAsync(Stage.Open stage, TimeSpan start)
    {
        foreach (var offset in stage.Starts)
        {
            await UntilAsync(start + offset);
            if (stopping.IsCancellationRequested)
            {
                break;
            }

            Begin(start + offset);
        }

        return await UntilAsync(start + stage.Length);
    }

    private async Task<TimeSpan> KeepAsync(Stage.Closed stage, TimeSpan start)
    {
        foreach (var (at, copies) in stage.Changes())
        {
            await UntilAsync(start + at);
            Want(copies);
        }

        return await UntilAsync(start + stage.Length);
    }

    private async Task<TimeSpan> ShareAsync(Stage.Shared stage)
    {
        var left = stage.Iterations;
        await Task.WhenAll(Enumerable.Range(0, stage.Copies).Select(_ => LoopAsync(() => Interlocked.Decrement(ref left) >= 0)));
        return scenario.Elapsed;
    }

    private void Begin(TimeSpan intended)
    {
        lock (_lock)
        {
            if (_running.Count >= MaxInFlight)
            {
                scenario.Recorder.Dropped();
                return;
            }

            var copy = _pool!.Take();
            var iteration = Task.Run(() => copy.IterateAsync(intended), CancellationToken.None);
            _running.Add(iteration);
            _ = iteration.ContinueWith(ended => Ended(ended, copy), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private void Ended(Task iteration, Copy copy)
    {
        lock (_lock)
        {
            _running.Remove(iteration);
            _pool!.Return(copy);
        }
    }

    // A copy beyond the wanted number ends with its iteration; one that is missing begins now.
    private void Want(int copies)
    {
        lock (_lock)
        {
            _wanted = stopping.IsCancellationRequested ? 0 : copies;
            for (var number = 0; number < _wanted; number++)
            {
                if (!_loops.TryGetValue(number, out var loop) || loop.IsCompleted)
                {
                    var place = number;
                    _loops[number] = LoopAsync(() => place < Volatile.Read(ref _wanted));
                }
            }
        }
    }

    private Task LoopAsync(Func<bool> goesOn) => Task.Run(
        async () =>
        {
            var copy = _pool!.Take();
            while (!stopping.IsCancellationRequested && goesOn())
            {
                await copy.IterateAsync(scenario.Elapsed);
            }

            _pool.Return(copy);
        },
        CancellationToken.None);

    private async Task AllAsync()
    {
        Task[] under;
        lock (_lock)
        {
            under = [.. _running, .. _loops.Values];
        }

        await Task.WhenAll(under);
    }

    // Returns at once when the scenario is stopped: nothing more begins.
    private async Task<TimeSpan> UntilAsync(TimeSpan moment)
    {
        for (TimeSpan left; (left = moment - scenario.Elapsed) > TimeSpan.Zero && !stopping.IsCancellationRequested;)
        {
            await Task.Delay(left, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return moment;
    }
}
