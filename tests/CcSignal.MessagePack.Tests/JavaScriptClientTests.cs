using CcSignal.Contracts;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CcSignal.MessagePack.Tests;

/// <summary>
/// Frames as Microsoft's JavaScript client writes them (@microsoft/signalr-protocol-msgpack 10.0.11): numbers as integers wherever they
/// are whole, <c>undefined</c> as nil, a date as an extension in a field that we do not know.
/// </summary>
public class JavaScriptClientTests
{
    private const string Start =
        "b402950180a130a55374617274918ea7636f6d6d616e64a6636c61756465a9617267756d656e747393a22d70b44772c3bcc39f652c20e4b896e7958c20f09f8c8d" +
        "a0b0776f726b696e674469726563746f7279c0ab656e7669726f6e6d656e7481a44c414e47a7432e5554462d38a5696e707574a46f70656ea87465726d696e616c" +
        "82a7636f6c756d6e7378a4726f777328ae74696d656f75745365636f6e6473cd0e10b269646c6554696d656f75745365636f6e6473cb3fe0000000000000ae6d61" +
        "784f75747075744279746573cf00000002540be400a87072696f72697479f6a5726574727982ab6d6178417474656d70747303a663617573657391a46c6f7374a6" +
        "6c696d69747381ab6d656d6f72794279746573ce80000000a474616773c0a56c6174657281a16192d6ff00000000c4020000";

    // With the encoder's option forceIntegerToFloat, down to the message's type.
    private const string StartInFloats =
        "e70296cb3ff000000000000080a130a55374617274918ea7636f6d6d616e64a6636c61756465a9617267756d656e747393a22d70b44772c3bcc39f652c20e4b896" +
        "e7958c20f09f8c8da0b0776f726b696e674469726563746f7279c0ab656e7669726f6e6d656e7481a44c414e47a7432e5554462d38a5696e707574a46f70656ea8" +
        "7465726d696e616c82a7636f6c756d6e73cb405e000000000000a4726f7773cb4044000000000000ae74696d656f75745365636f6e6473cb40ac200000000000b2" +
        "69646c6554696d656f75745365636f6e6473cb3fe0000000000000ae6d61784f75747075744279746573cb4202a05f20000000a87072696f72697479cbc0240000" +
        "00000000a5726574727982ab6d6178417474656d707473cb4008000000000000a663617573657391a46c6f7374a66c696d69747381ab6d656d6f72794279746573" +
        "cb41e0000000000000a474616773c0a56c6174657281a16192d6ff00000000c402000090";

    [Theory]
    [InlineData(Start)]
    [InlineData(StartInFloats)]
    public void A_request_is_read(string frame)
    {
        var call = Read<InvocationMessage>(frame, typeof(ExecutionRequest));
        call.InvocationId.ShouldBe("0");
        call.Target.ShouldBe("Start");
        call.Arguments.ShouldHaveSingleItem().ShouldBeEquivalentTo(new ExecutionRequest
        {
            Command = "claude",
            Arguments = new[] { "-p", "Grüße, 世界 🌍", "" },
            Environment = new Dictionary<string, string> { ["LANG"] = "C.UTF-8" },
            Input = InputMode.Open,
            Terminal = new TerminalSize(120, 40),
            TimeoutSeconds = 3_600,
            IdleTimeoutSeconds = 0.5,
            MaxOutputBytes = 10_000_000_000,
            Priority = -10,
            Retry = new RetryPolicy(3, new[] { "lost" }),
            Limits = new ResourceLimits { MemoryBytes = 2_147_483_648 },
        });
    }

    [Fact]
    public void A_stream_is_called()
    {
        const string frame =
            "46960480a131a6466f6c6c6f7792a16183ac66726f6d53657175656e6365cf000000012a05f200ab77696e646f774279746573cb4340000000000000a46d6f64" +
            "65a47461696c90";
        var call = Read<StreamInvocationMessage>(frame, typeof(string), typeof(FollowOptions));
        call.Target.ShouldBe("Follow");
        call.Arguments.ShouldBe(
            ["a", new FollowOptions { FromSequence = 5_000_000_000, WindowBytes = 9_007_199_254_740_992, Mode = FollowMode.Tail }]);
    }

    [Fact]
    public void An_acknowledgement_is_sent()
    {
        var call = Read<InvocationMessage>("0e960180c0a341636b92a273310790", typeof(string), typeof(long));
        call.InvocationId.ShouldBeNull();
        call.Arguments.ShouldBe(["s1", 7L]);
    }

    [Fact]
    public void Input_is_written()
    {
        // -0 as an offset, a Uint8Array as data.
        var call = Read<InvocationMessage>("14960180a132a5577269746593a16100c40200ff90", typeof(string), typeof(long), typeof(ReadOnlyMemory<byte>));
        call.Arguments[1].ShouldBe(0L);
        call.Arguments[2].ShouldBeOfType<ReadOnlyMemory<byte>>().ToArray().ShouldBe([0x00, 0xFF]);
    }

    [Fact]
    public void The_other_messages_are_read()
    {
        Read<PingMessage>("029106");
        Read<CloseMessage>("039207c0").Error.ShouldBeNull();
        Read<CancelInvocationMessage>("09930581a161a162a131").InvocationId.ShouldBe("1");
        Read<CompletionMessage>("0b950380a1310381a26f6bc3", typeof(object)).Result
            .ShouldBeOfType<Dictionary<string, object?>>()["ok"].ShouldBe(true);
        Read<AckMessage>("059208cd0572").SequenceId.ShouldBe(1394);
        Read<SequenceMessage>("059209cd04d2").SequenceId.ShouldBe(1234);
        Read<StreamItemMessage>("0b940280a133a568656c6c6f", typeof(string)).Item.ShouldBe("hello");
    }

    private static T Read<T>(string frame, params Type[] types)
        where T : HubMessage
    {
        var input = new System.Buffers.ReadOnlySequence<byte>(Convert.FromHexString(frame));
        Frames.Protocol.TryParseMessage(ref input, new TypedBinder(types), out var message).ShouldBeTrue();
        input.IsEmpty.ShouldBeTrue();
        return message.ShouldBeOfType<T>();
    }
}
