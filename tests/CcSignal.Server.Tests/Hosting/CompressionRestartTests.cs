using System.Security.Cryptography;
using CcSignal.Contracts;
using CcSignal.TestKit;

namespace CcSignal.Server.Tests.Hosting;

/// <summary>What one server compressed, the next one reads; what one was compressing when it was killed, the next one begins anew.</summary>
public sealed class CompressionRestartTests
{
    private static readonly (string, string)[] Settings = [("CcSignal:Journal:CompressAfterSeconds", "0"), ("CcSignal:Retention:IntervalSeconds", "1")];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task A_server_killed_while_it_compresses_leaves_nothing_that_the_next_one_does_not_finish()
    {
        using var data = new TempDirectory();
        var begun = Path.Combine(data.Path, "journal", "compressing");
        await using var server = await ServerExecutable.StartAsync(data.Path, Settings);
        string recorded;
        await using (var client = await server.ConnectAsync(Cancelled))
        {
            recorded = await RecordedAsync(client, new ExecutionRequest { Id = "long", Command = Child.Path, Arguments = ["lines", "100000", "0", "80"] });
        }

        await Eventually.Holds(() => File.Exists(begun), cancellationToken: Cancelled);
        await server.KillAsync();
        var leftover = File.Exists(begun);
        await using var next = await ServerExecutable.StartAsync(data.Path, Settings);
        await using var later = await next.ConnectAsync(Cancelled);

        (await RecordedAsync(later, null)).ShouldBe(recorded);
        await Eventually.Holds(() => Files(data.Path, "*.compressed").Length == 2 && Files(data.Path, "stdout").Length == 0 && !File.Exists(begun), TimeSpan.FromSeconds(60), Cancelled);
        (await RecordedAsync(later, null)).ShouldBe(recorded);
        leftover.ShouldBeTrue("it was killed in the middle");
    }

    private static string[] Files(string data, string pattern) => Directory.GetFiles(Path.Combine(data, "journal"), pattern, SearchOption.AllDirectories);

    private static async Task<string> RecordedAsync(Client.CcSignalClient client, ExecutionRequest? request)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await foreach (var item in request is null ? client.FollowAsync("long", cancellationToken: Cancelled) : client.RunAsync(request, cancellationToken: Cancelled))
        {
            if (item is { Kind: EventKind.Output, Data: { } bytes })
            {
                hash.AppendData(bytes.Span);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
