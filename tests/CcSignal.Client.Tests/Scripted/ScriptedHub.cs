using System.Runtime.CompilerServices;
using CcSignal.Contracts;
using Microsoft.AspNetCore.SignalR;

namespace CcSignal.Client.Tests.Scripted;

/// <summary>The wire's front door, answering from a <see cref="Script"/>.</summary>
public sealed class ScriptedHub(Script script) : Hub
{
    public IAsyncEnumerable<ExecutionEvent> Run(ExecutionRequest request, FollowOptions? options, CancellationToken cancellationToken)
    {
        script.Requests.Enqueue(request);
        return StreamAsync(options!, cancellationToken);
    }

    public IAsyncEnumerable<ExecutionEvent> Follow(string id, FollowOptions? options, CancellationToken cancellationToken) =>
        StreamAsync(options!, cancellationToken);

    public ExecutionInfo Start(ExecutionRequest request)
    {
        script.Requests.Enqueue(request);
        return (ExecutionInfo)script.Answer(request.Id!);
    }

    public ExecutionInfo Get(string id) => (ExecutionInfo)script.Answer(id);

    public void Signal(string id, string signal) => script.OnSignal(Context);

    public ExecutionPage List(ExecutionQuery query) => (ExecutionPage)script.Answer(query.After ?? "");

    public void Ack(string subscription, long sequence) => script.Acknowledged.Enqueue((subscription, sequence));

    private async IAsyncEnumerable<ExecutionEvent> StreamAsync(FollowOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        script.Options.Enqueue(options);
        using var released = cancellationToken.Register(() => script.Released.TrySetResult());
        await foreach (var item in script.Stream(options, Context, cancellationToken))
        {
            yield return item;
        }
    }
}
