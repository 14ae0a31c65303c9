using CcSignal.Contracts;
using CcSignal.Execution.History;
using CcSignal.Execution.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CcSignal.Execution;

/// <summary>Starts and stops the engine with its host: what an earlier server left first, then the queue; at the end, every command in order.</summary>
internal sealed class ExecutionEngine(
    Recovery recovery,
    TrackedExecutions tracked,
    ExecutionScheduler scheduler,
    QueueClocks queueClocks,
    NodeState node,
    IOptions<DataDirectoryOptions> directory) : IHostedLifecycleService
{
    private readonly Lock _gate = new();
    private Task? _drained;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var waiting in await recovery.RunAsync())
        {
            Track(waiting);
        }

        scheduler.Begin();
        scheduler.Wake();
        node.BecomeReady();
    }

    /// <summary>Before anything else stops: whoever follows an execution still hears how it ends.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken) => DrainAsync().WaitAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => DrainAsync().WaitAsync(cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Takes nothing new and ends what runs; completes when every end is recorded and told. What waits stays in the queue.</summary>
    public Task DrainAsync()
    {
        lock (_gate)
        {
            node.BeginDraining();
            return _drained ??= scheduler.StopAsync(new StopReason(EndCause.ServerStopped, "The server was stopped."));
        }
    }

    /// <summary>No more patience: kills every running command. Their ends are recorded as usual.</summary>
    public void KillRunning()
    {
        foreach (var execution in tracked.All)
        {
            execution.Kill();
        }
    }

    private void Track(QueuedExecution waiting)
    {
        var files = JournalFiles.Of(directory.Value.Resolve(), waiting.Number);
        var execution = new TrackedExecution(waiting.Number, waiting.Info, files);
        tracked.Add(execution);
        if (waiting.Deadline is { } deadline)
        {
            queueClocks.Watch(execution, deadline);
        }
    }
}
