using CcSignal.Contracts;
using Microsoft.AspNetCore.SignalR;

namespace CcSignal.Load.Tests.Servers;

/// <summary>As much of the contract as the scenarios of these tests use; everything goes through the liar.</summary>
internal sealed class FalseHub(Liar liar) : Hub
{
    public IAsyncEnumerable<ExecutionEvent> Run(ExecutionRequest request, FollowOptions? options, CancellationToken cancellationToken) =>
        liar.Tell(request.Id!, liar.Client.RunAsync(request, null, cancellationToken), cancellationToken);

    public IAsyncEnumerable<ExecutionEvent> Follow(string id, FollowOptions? options, CancellationToken cancellationToken) =>
        liar.Tell(id, liar.Client.FollowAsync(id, null, cancellationToken), cancellationToken);

    public Task<ExecutionInfo> Start(ExecutionRequest request) => liar.Client.StartAsync(request);

    public Task<ExecutionInfo> Cancel(string id, string? reason) => liar.CancelAsync(id, reason);

    public Task<ExecutionInfo> Get(string id) => liar.Client.GetAsync(id);

    public Task<ServerInfo> Describe() => liar.Client.DescribeAsync();

    // The liar's own reading has a window; this side sends what it gets.
    public void Ack(string subscription, long sequence)
    {
    }
}
