using System.Security.Cryptography;
using System.Text.Json;
using CcSignal.Client;
using CcSignal.Contracts;
using CcSignal.TestKit;

namespace CcSignal.Server.Tests.Hubs;

/// <summary>Streams that share a connection, and connections that share an execution: a reader who stands still costs itself and nobody else.</summary>
public sealed class ConnectionStreamsTests
{
    private const int Flood = 3_000_000;
    private const int StreamItem = 2;
    private const int Completion = 3;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task A_window_that_is_full_holds_up_neither_the_calls_nor_the_other_streams_of_its_connection()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync(cancellationToken: Cancelled);
        var id = (await client.StartAsync(new ExecutionRequest { Command = Child.Path, Arguments = ["flood", $"{Flood}"] }, Cancelled)).Id;
        using var socket = await HubSocket.OpenAsync(server.Url, TestServer.Token);

        await socket.StreamAsync(HubMethods.Follow, "full", id, new { windowBytes = 65_536, subscription = "full" });
        await socket.StreamAsync(HubMethods.Follow, "free", id, null!);
        await socket.InvokeAsync(HubMethods.Get, "get", id);
        var bytes = new Dictionary<string, int> { ["full"] = 0, ["free"] = 0 };
        HashSet<string> completed = [];
        while (completed.Count < 2)
        {
            var message = (await socket.ReceiveMessageAsync())!.Value;
            var call = message.GetProperty("invocationId").GetString()!;
            if (message.GetProperty("type").GetInt32() == Completion)
            {
                message.TryGetProperty("error", out _).ShouldBeFalse();
                completed.Add(call);
            }
            else
            {
                bytes[call] += Length(message);
            }
        }

        completed.ShouldBe(["get", "free"], ignoreOrder: true);
        bytes["free"].ShouldBe(Flood);
        bytes["full"].ShouldBeInRange(65_536 - Limits.MaxPieceBytes + 1, 65_536);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_viewer_of_the_tail_who_did_not_read_its_socket_goes_on_with_now_and_knows_what_it_missed()
    {
        const long Much = 30_000_000; // more than the buffers of a connection and its sockets take
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync(cancellationToken: Cancelled);
        var id = (await client.StartAsync(Flooding(Much), Cancelled)).Id;
        using var socket = await HubSocket.OpenAsync(server.Url, TestServer.Token);

        await socket.StreamAsync(HubMethods.Follow, "tail", id, new { mode = "tail" });
        await DigestAsync(client, id, null);
        var (position, gaps) = (0L, 0L);
        while ((await socket.ReceiveMessageAsync())!.Value is var message && message.GetProperty("type").GetInt32() == StreamItem)
        {
            var item = message.GetProperty("item");
            if (item.TryGetProperty("offset", out var offset))
            {
                offset.GetInt64().ShouldBe(position);
                gaps += item.TryGetProperty("bytes", out var left) ? left.GetInt64() : 0;
                position += Length(message) + (left.ValueKind == JsonValueKind.Number ? left.GetInt64() : 0);
            }
        }

        position.ShouldBe(Much);
        gaps.ShouldBeGreaterThan(0);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_NET_client_takes_a_skip_of_both_streams_and_accounts_for_every_byte()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync(cancellationToken: Cancelled);
        var ended = await client.RunToEndAsync(Child.Path, ["both", "40000"], Cancelled);
        var id = (await client.ListAsync(cancellationToken: Cancelled)).Items.Single().Id;
        var bytes = new Dictionary<OutputStream, long> { [OutputStream.Stdout] = 0, [OutputStream.Stderr] = 0 };
        var gaps = 0;

        await foreach (var item in client.FollowAsync(id, new FollowOptions { Mode = FollowMode.Tail, WindowBytes = Limits.MaxPieceBytes * 2 }, Cancelled))
        {
            if (item.Stream is { } stream)
            {
                item.Offset.ShouldBe(bytes[stream]);
                bytes[stream] += item.Bytes ?? item.Data!.Value.Length;
                gaps += item.Kind == EventKind.Gap ? 1 : 0;
            }
        }

        gaps.ShouldBe(2);
        (bytes[OutputStream.Stdout], bytes[OutputStream.Stderr]).ShouldBe((ended.StandardOutput.Length, ended.StandardError.Length));
    }

    [Fact(Timeout = 180_000)]
    public async Task Two_hundred_followers_early_and_late_get_the_same_bytes()
    {
        const int Followers = 200;
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync(cancellationToken: Cancelled);
        var command = new ExecutionRequest { Command = "sh", Arguments = ["-c", $"read go; exec {Child.Path} flood {Flood / 3}"], Input = InputMode.Open };
        var id = (await client.StartAsync(command, Cancelled)).Id;
        var connections = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => server.ConnectAsync(cancellationToken: Cancelled)));
        using var present = new CountdownEvent(Followers / 2);

        var early = Enumerable.Range(0, Followers / 2).Select(follower => DigestAsync(connections[follower % 5], id, present)).ToArray();
        await Eventually.Holds(() => present.IsSet, cancellationToken: Cancelled);
        await client.WriteAsync(id, 0, "go\n"u8.ToArray(), Cancelled);
        var late = Enumerable.Range(0, Followers / 2).Select(follower => DigestAsync(connections[follower % 5], id, null)).ToArray();
        var digests = await Task.WhenAll([.. early, .. late]);

        digests.Distinct().ShouldBe([Child.Sha256(Flood / 3)]);
        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }
    }

    [Fact(Timeout = 180_000)]
    public async Task A_reader_who_stands_still_costs_no_memory_and_no_other_reader_while_a_command_floods()
    {
        const long Much = 300_000_000;
        const long Allowed = Much / 3;
        using var data = new TempDirectory();
        await using var server = await ServerExecutable.StartAsync(data.Path);
        await using var client = await server.ConnectAsync(Cancelled);
        await DigestAsync(client, (await client.StartAsync(Flooding(Much / 10), Cancelled)).Id, null);
        var before = ResidentBytes(server.ServerProcessId);

        // One takes a piece of its window and no more; the other asks for everything and does not even read its socket.
        var id = (await client.StartAsync(Flooding(Much), Cancelled)).Id;
        await using var reader = client.FollowAsync(id, cancellationToken: Cancelled).GetAsyncEnumerator(Cancelled);
        (await reader.MoveNextAsync()).ShouldBeTrue();
        using var deaf = await HubSocket.OpenAsync(server.Url, TestServer.Token);
        await deaf.StreamAsync(HubMethods.Follow, "all", id, null!);
        var most = 0L;
        var digests = Task.WhenAll(DigestAsync(client, id, null), DigestAsync(client, id, null));
        while (!digests.IsCompleted)
        {
            most = Math.Max(most, ResidentBytes(server.ServerProcessId) - before);
            await Task.WhenAny(digests, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancelled));
        }

        (await digests).ShouldAllBe(digest => digest == Child.Sha256(Much, 0));
        most.ShouldBeLessThan(Allowed);
    }

    private static ExecutionRequest Flooding(long bytes) => new() { Command = Child.Path, Arguments = ["flood", $"{bytes}"] };

    private static async Task<string> DigestAsync(CcSignalClient client, string id, CountdownEvent? present)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await foreach (var item in client.FollowAsync(id, cancellationToken: Cancelled))
        {
            switch (item.Kind)
            {
                case EventKind.Snapshot:
                    present?.Signal();
                    break;
                case EventKind.Output:
                    hash.AppendData(item.Data!.Value.Span);
                    break;
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static int Length(JsonElement message)
    {
        message.GetProperty("type").GetInt32().ShouldBe(StreamItem);
        return message.GetProperty("item").TryGetProperty("data", out var data) ? data.GetBytesFromBase64().Length : 0;
    }

    private static long ResidentBytes(int processId)
    {
        const string Resident = "VmRSS:";
        var line = File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith(Resident, StringComparison.Ordinal));
        return 1024 * long.Parse(line[Resident.Length..].Replace("kB", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);
    }
}
