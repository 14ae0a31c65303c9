using System.Buffers;
using System.Text;
using CcSignal.Contracts;
using CcSignal.Contracts.Tests;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CcSignal.MessagePack.Tests;

/// <summary>The protocol between SignalR's own server and SignalR's own client.</summary>
public class HubTests
{
    [Fact]
    public async Task Calls_carry_the_records_both_ways()
    {
        await using var conversation = new HubConversation();
        await using var connection = await conversation.ConnectAsync();
        var cancellation = TestContext.Current.CancellationToken;

        var request = (ExecutionRequest)Samples.Arguments["Run.full"][0]!;
        var echo = await connection.InvokeAsync<ExecutionRequest>("Request", request, cancellation);
        Frames.WriteItem(echo).ShouldBe(Frames.WriteItem(request));

        (await connection.InvokeAsync<ExecutionRequest?>("Request", null, cancellation)).ShouldBeNull();

        var page = (ExecutionPage)Samples.Results["executionPage.more"];
        Frames.WriteItem(await connection.InvokeAsync<ExecutionPage>("Page", page, cancellation)).ShouldBe(Frames.WriteItem(page));

        (await connection.InvokeAsync<long>("Write", "a", 7L, new byte[65_536], cancellation)).ShouldBe(65_543);
        await connection.InvokeAsync("Nothing", cancellation);
        await connection.InvokeAsync("Request", request, cancellation);
        (await Should.ThrowAsync<HubException>(connection.InvokeAsync("Fail", cancellation))).Message.ShouldContain("[conflict] It was written already.");
    }

    [Fact]
    public async Task Chunks_arrive_with_their_own_bytes()
    {
        await using var conversation = new HubConversation();
        await using var connection = await conversation.ConnectAsync();
        var sequence = 0L;
        await foreach (var item in connection.StreamAsync<ExecutionEvent>("Output", 50, Limits.MaxOutputChunkBytes, TestContext.Current.CancellationToken))
        {
            item.Sequence.ShouldBe(++sequence);
            item.Data!.Value.Length.ShouldBe(Limits.MaxOutputChunkBytes);
            item.Data.Value.Span.ContainsAnyExcept((byte)sequence).ShouldBeFalse();
        }

        sequence.ShouldBe(50);
    }

    [Fact]
    public async Task Streams_go_to_the_server_and_results_come_from_the_client()
    {
        await using var conversation = new HubConversation();
        await using var connection = await conversation.ConnectAsync();
        var cancellation = TestContext.Current.CancellationToken;
        (await connection.InvokeAsync<long>("Sum", Numbers(), cancellation)).ShouldBe(6);

        connection.On("Answer", (string who) => new ExecutionQuery { Owner = who });
        (await connection.InvokeAsync<ExecutionQuery>("Ask", cancellation)).Owner.ShouldBe("who");

        static async IAsyncEnumerable<long> Numbers()
        {
            yield return 1;
            yield return 2;
            await Task.Yield();
            yield return 3;
        }
    }

    [Fact]
    public async Task What_is_wrong_with_a_call_fails_the_call_and_the_connection_lives_on()
    {
        await using var conversation = new HubConversation();
        await using var connection = await conversation.ConnectAsync();
        var cancellation = TestContext.Current.CancellationToken;

        (await Should.ThrowAsync<HubException>(connection.InvokeAsync("Unknown", cancellation))).Message.ShouldContain("Method does not exist.");
        (await Should.ThrowAsync<HubException>(connection.InvokeAsync("Request", new Dictionary<string, string> { ["arguments"] = "x" }, cancellation)))
            .Message.ShouldContain("[invalid_request] Argument 1 cannot be read: arguments: expected array, found string.");
        await Should.ThrowAsync<HubException>(connection.InvokeAsync("Request", cancellation));
        await Should.ThrowAsync<HubException>(async () =>
        {
            await foreach (var _ in connection.StreamAsync<ExecutionEvent>("Output", "x", "y", cancellation))
            {
            }
        });
        (await Should.ThrowAsync<HubException>(connection.InvokeAsync<ExecutionInfo>("Write", "a", 0L, Array.Empty<byte>(), cancellation)))
            .Message.ShouldBe("The result cannot be read as ExecutionInfo: expected map, found integer.");
        (await connection.InvokeAsync<long>("Write", "a", 1L, Array.Empty<byte>(), cancellation)).ShouldBe(1);
    }

    [Fact]
    public async Task A_message_of_an_unknown_type_does_not_hold_up_the_connection()
    {
        await using var conversation = new HubConversation();
        await ShakeHandsAsync(conversation);
        var call = Frames.Protocol.GetMessageBytes(new InvocationMessage("1", "Write", ["a", 7L, Array.Empty<byte>()]));
        await conversation.Bytes.Output.WriteAsync(Frames.Framed(0x92, 0x0A, 0x01), TestContext.Current.CancellationToken);
        await conversation.Bytes.Output.WriteAsync(call, TestContext.Current.CancellationToken);
        (await NextAsync(conversation)).ShouldBeOfType<CompletionMessage>().Result.ShouldBe(7L);
    }

    [Theory]
    [InlineData("ff ff ff ff 7f")]
    [InlineData("05 96 01 81 a1 61")]
    [InlineData("02 91 c1")]
    public async Task What_is_wrong_with_a_message_ends_the_connection(string bytes)
    {
        await using var conversation = new HubConversation();
        await ShakeHandsAsync(conversation);
        await conversation.Bytes.Output.WriteAsync(Frames.Hex(bytes), TestContext.Current.CancellationToken);
        (await NextAsync(conversation)).ShouldBeOfType<CloseMessage>().Error.ShouldNotBeNull();
    }

    private static async Task ShakeHandsAsync(HubConversation conversation)
    {
        await conversation.Bytes.Output.WriteAsync(
            Encoding.UTF8.GetBytes("{\"protocol\":\"messagepack\",\"version\":2}\u001e"), TestContext.Current.CancellationToken);
        var answer = await conversation.Bytes.Input.ReadAtLeastAsync(3, TestContext.Current.CancellationToken);
        conversation.Bytes.Input.AdvanceTo(answer.Buffer.GetPosition(3));
    }

    // The next message but pings.
    private static async Task<HubMessage> NextAsync(HubConversation conversation)
    {
        while (true)
        {
            var read = await conversation.Bytes.Input.ReadAsync(TestContext.Current.CancellationToken);
            var buffer = read.Buffer;
            while (Frames.Protocol.TryParseMessage(ref buffer, new TypedBinder(typeof(long)), out var message))
            {
                if (message is not PingMessage)
                {
                    conversation.Bytes.Input.AdvanceTo(buffer.Start);
                    return message;
                }
            }

            read.IsCompleted.ShouldBeFalse("The connection ended without another message.");
            conversation.Bytes.Input.AdvanceTo(buffer.Start, buffer.End);
        }
    }
}
