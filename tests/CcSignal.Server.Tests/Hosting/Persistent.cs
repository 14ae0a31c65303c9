using System.Security.Cryptography;
using CcSignal.Client;
using CcSignal.Contracts;
using CcSignal.TestKit;

namespace CcSignal.Server.Tests.Hosting;

/// <summary>A client that does not give up: it connects again and goes on where it was, as often as its server dies.</summary>
internal sealed class Persistent(Func<Task<CcSignalClient>> connect)
{
    public Persistent(ServerExecutable server)
        : this(() => server.ConnectAsync(Cancelled))
    {
    }

    /// <summary>Starts it once, however often it has to ask.</summary>
    public Task<ExecutionInfo> StartAsync(ExecutionRequest request) => TryAsync(client => client.StartAsync(request, Cancelled));

    public Task<ExecutionInfo> GetAsync(string id) => TryAsync(client => client.GetAsync(id, Cancelled));

    /// <summary>Any call, as often as it takes.</summary>
    public Task<T> CallAsync<T>(Func<CcSignalClient, Task<T>> call) => TryAsync(call);

    /// <summary>Follows it from the first byte to its end. Fails when a byte comes twice, not at all, or after the end.</summary>
    /// <returns>The last info, and the hash of standard output.</returns>
    public async Task<(ExecutionInfo Info, string Sha256)> FollowAsync(string id, Action<long>? heard = null)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var next = 1L;
        var bytes = 0L;
        var ends = 0;
        var info = await TryAsync(async client =>
        {
            ExecutionInfo? last = null;
            await foreach (var item in client.FollowAsync(id, new FollowOptions { FromSequence = next }, Cancelled))
            {
                last = item.Info ?? last;
                if (item.Kind == EventKind.Output && item.Stream == OutputStream.Stdout)
                {
                    item.Offset.ShouldBe(bytes);
                    bytes += item.Data!.Value.Length;
                    next = item.Sequence!.Value + 1;
                    hash.AppendData(item.Data.Value.Span);
                    heard?.Invoke(bytes);
                }

                ends += item.Kind == EventKind.Ended ? 1 : 0;
            }

            return last!;
        });
        ends.ShouldBe(1);
        info.StdoutBytes.ShouldBe(bytes);
        return (info, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private async Task<T> TryAsync<T>(Func<CcSignalClient, Task<T>> call)
    {
        while (true)
        {
            try
            {
                await using var client = await connect();
                return await call(client);
            }
            catch (Exception exception) when (exception is ConnectFailedException or ConnectionLostException or CallRefusedException { Code: ErrorCodes.Unavailable or ErrorCodes.Draining })
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancelled);
            }
        }
    }
}
