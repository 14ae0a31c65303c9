using System.Security.Cryptography;
using CcSignal.Contracts;
using CcSignal.TestKit;

namespace CcSignal.Client.Tests.Server;

/// <summary>The client against the real server and real commands.</summary>
public sealed class RealServerTests
{
    private const long Flood = 20_000_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(WireFormat.MessagePack)]
    [InlineData(WireFormat.Json)]
    public async Task Output_arrives_bit_for_bit_and_once(WireFormat format)
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync(format, Token);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (sequence, offset) = (0L, 0L);

        await foreach (var item in client.RunAsync(Request("flood", $"{Flood}"), null, Token))
        {
            if (item.Kind == EventKind.Output)
            {
                item.Sequence!.Value.ShouldBeGreaterThan(sequence);
                item.Offset.ShouldBe(offset);
                (sequence, offset) = (item.Sequence.Value, offset + item.Data!.Value.Length);
                hash.AppendData(item.Data.Value.Span);
            }
        }

        Convert.ToHexStringLower(hash.GetHashAndReset()).ShouldBe(Child.Sha256(Flood), StringCompareShould.IgnoreCase);
    }

    [Fact]
    public async Task Running_to_the_end_returns_both_streams_and_the_end()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync(cancellationToken: Token);

        var good = await client.RunToEndAsync(Child.Path, ["both", "2"], Token);
        var bad = await client.RunToEndAsync(Child.Path, ["exit", "4"], Token);
        var missing = await client.RunToEndAsync("no-such-command-here", null, Token);

        (good.Success, good.StandardOutput, good.StandardError).ShouldBe((true, "out 1\nout 2\n", "err 1\nerr 2\n"));
        (bad.Success, bad.ExitCode).ShouldBe((false, 4));
        (missing.End.Cause, missing.End.Code).ShouldBe((EndCause.StartFailed, EndCodes.NotFound));
    }

    [Fact]
    public async Task Leaving_the_loop_leaves_the_command_and_following_goes_on_where_it_stopped()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync(cancellationToken: Token);
        var seen = new MemoryStream();
        var last = 0L;
        await foreach (var item in client.RunAsync(Request("lines", "300", "1") with { Id = "left" }, null, Token))
        {
            if (item is { Kind: EventKind.Output, Data: { } data })
            {
                seen.Write(data.Span);
                last = item.Sequence!.Value;
                if (seen.Length > 100)
                {
                    break;
                }
            }
        }

        await foreach (var item in client.FollowAsync("left", new FollowOptions { FromSequence = last + 1 }, Token))
        {
            seen.Write(item.Data.GetValueOrDefault().Span);
        }

        seen.ToArray().ShouldBe([.. Enumerable.Range(1, 300).SelectMany(i => System.Text.Encoding.UTF8.GetBytes($"line {i}\n"))]);
    }

    [Fact]
    public async Task A_caller_who_sleeps_over_a_flood_keeps_his_memory()
    {
        const long bytes = 400_000_000;
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync(cancellationToken: Token);
        var received = 0L;
        await foreach (var item in client.RunAsync(Request("flood", $"{bytes}", "65536") with { Id = "flood" }, null, Token))
        {
            if (item.Kind != EventKind.Output)
            {
                continue;
            }

            if (received == 0)
            {
                var before = GC.GetTotalMemory(forceFullCollection: true);
                await foreach (var other in client.FollowAsync("flood", new FollowOptions { FromSequence = long.MaxValue }, Token))
                {
                    // To its end: all is recorded now, and this loop has taken one chunk.
                }

                (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(32 * 1024 * 1024);
            }

            received += item.Data!.Value.Length;
        }

        received.ShouldBe(bytes);
    }

    [Fact]
    public async Task Cancelling_ends_the_command_and_repeating_it_is_harmless()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync(cancellationToken: Token);
        ExecutionEnd? end = null;
        await foreach (var item in client.RunAsync(Request("sleep", "600") with { Id = "stopped" }, null, Token))
        {
            if (item.Kind == EventKind.Output)
            {
                await client.CancelAsync("stopped", "enough", Token);
                await client.CancelAsync("stopped", null, Token);
            }

            end = item.Info?.End;
        }

        end!.Cause.ShouldBe(EndCause.Cancelled);
    }

    [Fact]
    public async Task Starting_twice_with_one_id_is_one_execution()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync(cancellationToken: Token);
        var request = Request("sleep", "0") with { Id = "once", Tags = new Dictionary<string, string> { ["a"] = "b" } };

        var first = await client.StartAsync(request, Token);
        var second = await client.StartAsync(request, Token);
        var conflict = await Should.ThrowAsync<CallRefusedException>(() => client.StartAsync(request with { Arguments = ["exit", "1"] }, Token));

        second.QueuedAt.ShouldBe(first.QueuedAt);
        conflict.Code.ShouldBe(ErrorCodes.Conflict);
        (await client.ListAllAsync(new ExecutionQuery { Tag = "a=b" }, Token).ToListAsync(Token)).ShouldHaveSingleItem().Id.ShouldBe("once");
    }

    [Fact]
    public async Task A_refusal_says_its_code_and_the_connection_lives_on()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync(cancellationToken: Token);

        (await Should.ThrowAsync<CallRefusedException>(() => client.GetAsync("unknown", Token))).Code.ShouldBe(ErrorCodes.NotFound);
        (await Should.ThrowAsync<CallRefusedException>(() => client.RunToEndAsync(Request("exit", "0") with { Profile = "foreign" }, null, Token)))
            .Code.ShouldBeOneOf(ErrorCodes.NotFound, ErrorCodes.Forbidden, ErrorCodes.InvalidRequest);

        (await client.DescribeAsync(Token)).Profiles.ShouldContain(Defaults.Profile);
    }

    [Fact]
    public async Task A_wrong_token_is_unauthorized()
    {
        await using var server = await TestServer.StartAsync();

        var failed = await Should.ThrowAsync<ConnectFailedException>(() => CcSignalClient.ConnectAsync(new() { Url = server.Url, Token = "wrong" }, Token));

        failed.Reason.ShouldBe(ConnectFailure.Unauthorized);
    }

    [Fact]
    public async Task Many_commands_at_once_on_one_connection_keep_their_output_apart()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync(cancellationToken: Token);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => client.RunToEndAsync(Child.Path, ["flood", "300000", "8192", $"{i}"], Token)));

        results.Select(result => Convert.ToHexStringLower(SHA256.HashData(result.StandardOutputBytes.Span)))
            .ShouldBe(Enumerable.Range(0, 20).Select(i => Child.Sha256(300_000, seed: i).ToLowerInvariant()));
    }

    private static ExecutionRequest Request(params string[] words) => new() { Command = Child.Path, Arguments = words };
}
