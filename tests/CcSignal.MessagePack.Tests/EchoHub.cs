using System.Runtime.CompilerServices;
using CcSignal.Contracts;
using Microsoft.AspNetCore.SignalR;

namespace CcSignal.MessagePack.Tests;

/// <summary>Takes and returns what the contract's methods take and return.</summary>
public sealed class EchoHub : Hub
{
    public ExecutionRequest? Request(ExecutionRequest? request) => request;

    public ExecutionPage Page(ExecutionPage page) => page;

    public long Write(string id, long offset, ReadOnlyMemory<byte> data) => offset + data.Length;

    public void Nothing()
    {
    }

    public long Fail() => throw new HubException("[conflict] It was written already.");

    /// <summary>As the server does it: each chunk's memory is used again for the next.</summary>
    public async IAsyncEnumerable<ExecutionEvent> Output(int chunks, int size, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var data = new byte[size];
        for (var sequence = 1; sequence <= chunks; sequence++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Array.Fill(data, (byte)sequence);
            yield return new ExecutionEvent { Kind = EventKind.Output, Sequence = sequence, Stream = OutputStream.Stdout, Offset = 0, At = 0, Data = data };
            await Task.Yield();
        }
    }

    public async Task<long> Sum(IAsyncEnumerable<long> numbers)
    {
        var sum = 0L;
        await foreach (var number in numbers)
        {
            sum += number;
        }

        return sum;
    }

    public Task<ExecutionQuery> Ask() => Clients.Caller.InvokeAsync<ExecutionQuery>("Answer", "who", CancellationToken.None);
}
