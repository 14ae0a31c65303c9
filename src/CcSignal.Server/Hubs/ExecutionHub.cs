using CcSignal.Contracts;
using CcSignal.Execution;
using CcSignal.Execution.Watching;
using CcSignal.Server.Access;
using Microsoft.AspNetCore.SignalR;

namespace CcSignal.Server.Hubs;

/// <summary>The wire's front door: one instance serves one call. An execution's life is in <see cref="ExecutionService"/> and <see cref="RunningCommands"/>, a stream's in <see cref="ConnectionSubscriptions"/>.</summary>
internal sealed class ExecutionHub(ExecutionService executions, RunningCommands commands, ConnectionSubscriptions subscriptions, Watches watches) : Hub
{
    private Caller Caller => Context.GetCaller();

    public IAsyncEnumerable<ExecutionEvent> Run(ExecutionRequest? request, FollowOptions? options, CancellationToken cancellationToken) =>
        subscriptions.RunAsync(request, options, Context, cancellationToken);

    public Task<ExecutionInfo> Start(ExecutionRequest? request) => executions.StartAsync(request, Caller);

    public IAsyncEnumerable<ExecutionEvent> Follow(string? id, FollowOptions? options, CancellationToken cancellationToken) =>
        subscriptions.FollowAsync(id, options, Context, cancellationToken);

    public void Ack(string? subscription, long sequence) => ConnectionSubscriptions.Acknowledge(Context, subscription, sequence);

    public Task<long> Write(string? id, long offset, byte[]? data) => commands.WriteAsync(id, offset, data, Caller, Context.ConnectionAborted);

    public Task CloseInput(string? id) => commands.CloseInputAsync(id, Caller, Context.ConnectionAborted);

    public Task Signal(string? id, string? signal) => commands.SignalAsync(id, signal, Caller, Context.ConnectionAborted);

    public Task Resize(string? id, int columns, int rows) =>
        commands.ResizeAsync(id, new TerminalSize(columns, rows), Caller, Context.ConnectionAborted);

    public Task<ExecutionInfo> Cancel(string? id, string? reason) => executions.CancelAsync(id, reason, Caller, Context.ConnectionAborted);

    public Task<ExecutionInfo> Pause(string? id) => executions.PauseAsync(id, Caller, Context.ConnectionAborted);

    public Task<ExecutionInfo> Resume(string? id) => executions.ResumeAsync(id, Caller, Context.ConnectionAborted);

    public Task<ExecutionInfo> Get(string? id) => executions.GetAsync(id, Caller, Context.ConnectionAborted);

    public Task<ExecutionPage> List(ExecutionQuery? query) => executions.ListAsync(query, Caller, Context.ConnectionAborted);

    public IAsyncEnumerable<ExecutionInfo> Watch(ExecutionQuery? query, CancellationToken cancellationToken) => watches.Open(query, Caller, cancellationToken);

    public ServerInfo Describe() => executions.Describe(Caller);
}
