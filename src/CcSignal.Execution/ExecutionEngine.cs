using CcSignal.Contracts;
using CcSignal.Execution.History;
using CcSignal.Execution.Journal;
using CcSignal.Execution.Processes;
using CcSignal.Execution.Queueing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CcSignal.Execution;

/// <summary>Starts and stops the engine with its host: what an earlier server left first, then the queue; at the end, every command in order.</summary>
internal sealed partial class ExecutionEngine(
    Recovery recovery,
    TrackedExecutions tracked,
    ExecutionScheduler scheduler,
    QueueClocks queueClocks,
    NodeState node,
    ILauncher launcher,
    IOptions<ProcessOptions> processes,
    IOptions<DataDirectoryOptions> directory,
    ILogger<ExecutionEngine> logger) : IHostedLifecycleService
{
    private readonly Lock _gate = new();
    private Task? _drained;
    private bool _leaves;

    /// <summary>Completes when the keeper asks for another server in the place of this one; never where there is no keeper.</summary>
    public Task LeaveAsked { get; } = launcher.Keeper?.LeaveAsked ?? new TaskCompletionSource().Task;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var features = InForce.On(launcher);
        Log.InForce(
            logger, features.Launcher, features.Cgroup, features.Keeper ? "held by a keeper" : "without a keeper", string.Join(", ", features.Limits));
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

    /// <summary>Clients are let in: from now on the keeper starts another server when this one dies.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        launcher.Keeper?.Ready();
        return Task.CompletedTask;
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Decides how this server goes: by leaving what runs to a server to come, as the keeper asks or the configuration wants it at a stop, or by
    /// ending it. Only the first answer counts.
    /// </summary>
    /// <param name="atStop">It was asked to stop, not to make room for another.</param>
    public bool Leaves(bool atStop)
    {
        lock (_gate)
        {
            _leaves = _drained is null
                && launcher.Keeper?.ProcessId is not null
                && (atStop ? processes.Value.OnStop == ProcessOptions.Leave : LeaveAsked.IsCompleted);
            return _leaves;
        }
    }

    /// <summary>Takes nothing new and ends what runs; completes when every end is recorded and told. What waits stays in the queue.</summary>
    public Task DrainAsync()
    {
        lock (_gate)
        {
            node.BeginDraining();
            return _drained ??= _leaves
                ? scheduler.LeaveAsync()
                : scheduler.StopAsync(new StopReason(EndCause.ServerStopped, "The server was stopped."));
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
        tracked.Restore(execution);
        if (waiting.Deadline is { } deadline)
        {
            queueClocks.Watch(execution, deadline);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2510, LogLevel.Information, "Commands are started by the {Launcher} launcher, control groups {ControlGroups}, {Keeper}; limits in force: {Limits}.")]
        public static partial void InForce(ILogger logger, string launcher, string controlGroups, string keeper, string limits);
    }
}
