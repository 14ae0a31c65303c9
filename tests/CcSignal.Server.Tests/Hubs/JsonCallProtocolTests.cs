using CcSignal.Contracts;

namespace CcSignal.Server.Tests.Hubs;

public sealed class JsonCallProtocolTests
{
    [Theory(Timeout = 30_000)]
    [InlineData("""{"type":1,"invocationId":"1","target":"Length","arguments":[{"a":1}]}""", "Argument 1 cannot be read: the value does not fit.")]
    [InlineData("""{"arguments":[{"a":1}],"invocationId":"1","target":"Length","type":1}""", "Argument 1 cannot be read: the value does not fit.")]
    [InlineData("""{"type":1,"invocationId":"1","target":"Length","arguments":[]}""", "The method takes 1 arguments, the call has another number of them.")]
    [InlineData("""{"type":1,"invocationId":"1","target":"Length","arguments":["a",{}]}""", "The method takes 1 arguments, the call has another number of them.")]
    [InlineData("""{"type":1,"invocationId":"1","target":"Take","arguments":["a",{"arguments":["-x",{}]}]}""", "Argument 2 cannot be read: arguments[1]: the value does not fit.")]
    [InlineData("""{"type":1,"invocationId":"1","target":"Take","arguments":["a",{"input":"a-secret"}]}""", "Argument 2 cannot be read: input: the value does not fit.")]
    [InlineData("""{"type":1,"invocationId":"1","target":"Take","arguments":["a",{"tags":{"a-secret":1}}]}""", "Argument 2 cannot be read: tags.?: the value does not fit.")]
    [InlineData("""{"type":1,"invocationId":"1","target":"Take","arguments":["a",{"tags":{"it's] [0].x":1}}]}""", "Argument 2 cannot be read: tags.?: the value does not fit.")]
    public async Task Who_sends_what_cannot_be_read_is_told_where_and_no_value_is_repeated(string call, string sentence)
    {
        await using var server = await RunningServer.StartAsync();
        using var socket = await HubSocket.OpenAsync(server);

        await socket.SendAsync(call);

        (await socket.ReceiveCompletionAsync())!.ShouldEndWith($"HubException: [{ErrorCodes.InvalidRequest}] {sentence}");
        await socket.InvokeAsync(nameof(ProbeHub.Who), "2");
        (await socket.ReceiveCompletionAsync()).ShouldBeNull();
        server.LogText.ShouldNotContain("a-secret");
    }

    [Fact(Timeout = 30_000)]
    public async Task A_method_that_is_none_stays_SignalRs_own_error()
    {
        await using var server = await RunningServer.StartAsync();
        using var socket = await HubSocket.OpenAsync(server);

        await socket.InvokeAsync("Nothing", "1", "a-secret");

        (await socket.ReceiveCompletionAsync())!.ShouldEndWith("HubException: Method does not exist.");
    }
}
