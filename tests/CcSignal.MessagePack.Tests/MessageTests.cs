using System.Buffers;
using CcSignal.Contracts;
using CsCheck;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace CcSignal.MessagePack.Tests;

/// <summary>Messages beyond the specification's examples: what is in them, and what happens to wrong ones.</summary>
public class MessageTests
{
    private const string Method = "a6 6d6574686f64";
    private const string UnknownId = "a7 756e6b6e6f776e";

    private static readonly Gen<string> Name = ContractGen.Text.Where(text => text.Length > 0);

    private static readonly Gen<IDictionary<string, string>?> Headers = Gen.Dictionary(Name, Name)[0, 3]
        .Select(headers => headers.Count == 0 ? null : (IDictionary<string, string>)headers);

    private static readonly Gen<HubMessage> Any = Gen.OneOf(
        Gen.Select(Headers, Name.Null(), Name, ContractGen.Text, Name.Array[1, 3].Null(), (headers, id, target, argument, streams) =>
            (HubMessage)new InvocationMessage(id, target, [argument], streams) { Headers = headers }),
        Gen.Select(Headers, Name, Name, ContractGen.Text, Name.Array[1, 3].Null(), (headers, id, target, argument, streams) =>
            (HubMessage)new StreamInvocationMessage(id, target, [argument], streams!) { Headers = headers }),
        Gen.Select(Headers, Name, ContractGen.Text, (headers, id, item) => (HubMessage)new StreamItemMessage(id, item) { Headers = headers }),
        Gen.Select(Headers, Name, ContractGen.Text, (headers, id, text) => (HubMessage)new CompletionMessage(id, text, null, false) { Headers = headers }),
        Gen.Select(Headers, Name, ContractGen.Text.Null(), (headers, id, text) => (HubMessage)new CompletionMessage(id, null, text, true) { Headers = headers }),
        Gen.Select(Headers, Name, (headers, id) => (HubMessage)new CompletionMessage(id, null, null, false) { Headers = headers }),
        Gen.Select(Headers, Name, (headers, id) => (HubMessage)new CancelInvocationMessage(id) { Headers = headers }),
        Gen.Select(Name.Null(), Gen.Bool, (error, again) => (HubMessage)new CloseMessage(error, again)),
        Gen.Long.Select(id => (HubMessage)new AckMessage(id)),
        Gen.Long.Select(id => (HubMessage)new SequenceMessage(id)),
        Gen.Const((HubMessage)PingMessage.Instance));

    [Fact]
    public void A_message_comes_back_as_it_was_sent() => Any.Sample(
        message => Frames.Parse(Frames.Payload(message), new TypedBinder(typeof(string))).ShouldBeEquivalentTo(message),
        iter: 2_000);

    [Fact]
    public void A_message_is_written_the_same_into_a_pipe_and_into_memory() => Any.Sample(message =>
    {
        var output = new ArrayBufferWriter<byte>();
        Frames.Protocol.WriteMessage(message, output);
        output.WrittenMemory.ToArray().ShouldBe(Frames.Protocol.GetMessageBytes(message).ToArray());
    });

    [Fact]
    public void A_message_of_an_unknown_type_is_ignored()
    {
        Frames.Parse(Frames.Hex("91 00"), new TypedBinder()).ShouldBeNull();
        Frames.Parse(Frames.Hex("93 0a c0 d4 01 00"), new TypedBinder()).ShouldBeNull();
        Frames.Parse(Frames.Hex("91 ff"), new TypedBinder()).ShouldBeNull();
    }

    [Fact]
    public void The_message_after_an_ignored_one_is_not_held_up()
    {
        var input = new ReadOnlySequence<byte>([.. Frames.Framed(0x91, 0x0A), .. Frames.Framed(0x91, 0x0B), .. Frames.Framed(0x91, 0x06)]);
        Frames.Protocol.TryParseMessage(ref input, new TypedBinder(), out var message).ShouldBeTrue();
        message.ShouldBeOfType<PingMessage>();
        input.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void A_method_that_does_not_exist_fails_the_call_only()
    {
        foreach (var type in new[] { "01", "04" })
        {
            var message = Frames.Parse<InvocationBindingFailureMessage>(Frames.Hex($"96 {type} 80 a1 31 {UnknownId} 93 01 c0 d4 01 00 90"), new TypedBinder());
            message.InvocationId.ShouldBe("1");
            message.Target.ShouldBe("unknown");
            message.BindingFailure.SourceException.ShouldBeOfType<HubException>().Message.ShouldBe("Method does not exist.");
        }
    }

    [Fact]
    public void A_wrong_argument_fails_the_call_only_and_the_caller_is_told_what_is_wrong()
    {
        var binder = new TypedBinder(typeof(string), typeof(FollowOptions));
        var message = Frames.Parse<InvocationBindingFailureMessage>(Frames.Hex($"96 01 80 a1 31 {Method} 92 a1 61 81 a4 6d6f6465 07 90"), binder);
        message.InvocationId.ShouldBe("1");
        message.BindingFailure.SourceException.ShouldBeOfType<HubException>().Message
            .ShouldBe("[invalid_request] Argument 2 cannot be read: mode: expected string, found integer.");
    }

    [Fact]
    public void Arguments_that_are_no_array_fail_the_call_only() =>
        Frames.Parse<InvocationBindingFailureMessage>(Frames.Hex($"96 01 80 c0 {Method} 07 90"), new TypedBinder(typeof(int)))
            .BindingFailure.SourceException.ShouldBeOfType<HubException>().Message
            .ShouldBe("[invalid_request] The arguments cannot be read: expected array, found integer.");

    [Theory]
    [InlineData("90", 0)]
    [InlineData("92 07 07", 2)]
    public void A_wrong_number_of_arguments_fails_the_call_only(string arguments, int count)
    {
        var message = Frames.Parse<InvocationBindingFailureMessage>(Frames.Hex($"96 01 80 c0 {Method} {arguments} 90"), new TypedBinder(typeof(int)));
        message.InvocationId.ShouldBeNull();
        message.BindingFailure.SourceException.ShouldBeOfType<HubException>().Message
            .ShouldBe($"[invalid_request] The call has {count} arguments, the method takes 1.");
    }

    [Fact]
    public void An_item_of_an_unknown_stream_or_of_the_wrong_type_fails_the_stream_only()
    {
        Frames.Parse<StreamBindingFailureMessage>(Frames.Hex($"94 02 80 {UnknownId} 07"), new TypedBinder(typeof(int))).Id.ShouldBe("unknown");
        var message = Frames.Parse<StreamBindingFailureMessage>(Frames.Hex("94 02 80 a1 31 a1 61"), new TypedBinder(typeof(int)));
        message.Id.ShouldBe("1");
        message.BindingFailure.SourceException.Message.ShouldBe("expected integer, found string.");
    }

    [Fact]
    public void A_result_of_the_wrong_type_fails_its_call_only()
    {
        var message = Frames.Parse<CompletionMessage>(Frames.Hex("95 03 80 a1 31 03 a1 61"), new TypedBinder(typeof(int)));
        message.InvocationId.ShouldBe("1");
        message.HasResult.ShouldBeFalse();
        message.Error.ShouldBe("The result cannot be read as Int32: expected integer, found string.");
    }

    [Fact]
    public void A_result_that_nobody_waits_for_is_passed_over()
    {
        var message = Frames.Parse<CompletionMessage>(Frames.Hex($"95 03 80 {UnknownId} 03 82 01 91 d4 01 00 a1 61 c0"), new TypedBinder());
        message.HasResult.ShouldBeTrue();
        message.Result.ShouldBeNull();
    }

    [Fact]
    public void A_result_for_another_server_is_passed_on_as_it_came()
    {
        var result = Frames.Hex("82 01 91 d4 01 00 a1 61 c0");
        byte[] payload = [.. Frames.Hex("95 03 80 a1 31 03"), .. result];
        var message = Frames.Parse<CompletionMessage>(payload, new TypedBinder(typeof(RawResult)));
        message.Result.ShouldBeOfType<RawResult>().RawSerializedData.ToArray().ShouldBe(result);
        Frames.Payload(message).ShouldBe(payload);
    }

    [Fact]
    public void A_known_method_name_is_not_made_anew_for_each_call()
    {
        var payload = Frames.Hex($"96 01 80 c0 {Method} 90 90");
        Frames.Parse<InvocationMessage>(payload, new TypedBinder()).Target.ShouldBeSameAs(Frames.Parse<InvocationMessage>(payload, new TypedBinder()).Target);
    }

    [Theory]
    [InlineData("", "an empty message")]
    [InlineData("80", "no array")]
    [InlineData("90", "no type")]
    [InlineData("91 a1 36", "a type that is no integer")]
    [InlineData("96 01 80", "nothing behind the headers")]
    [InlineData("96 01 c0 c0 a1 61 90 90", "headers that are no map")]
    [InlineData("96 01 81 c0 a1 61 c0 a1 61 90 90", "a header without a name")]
    [InlineData("96 01 81 a0 a1 61 c0 a1 61 90 90", "a header with an empty name")]
    [InlineData("96 01 81 a1 61 c0 c0 a1 61 90 90", "a header without a value")]
    [InlineData("96 01 81 a1 61 a0 c0 a1 61 90 90", "a header with an empty value")]
    [InlineData("96 01 82 a1 61 a1 62 a1 61 a1 62 c0 a1 61 90 90", "a header that comes twice")]
    [InlineData("96 01 80 07 a1 61 90 90", "an invocation id that is no string")]
    [InlineData("96 01 80 c0 a0 90 90", "an empty target")]
    [InlineData("96 01 80 c0 c0 90 90", "no target")]
    [InlineData("96 01 80 c0 a1 ff 90 90", "a target that is not UTF-8")]
    [InlineData("96 01 80 c0 a1 61 90 07", "stream ids that are no array")]
    [InlineData("96 01 80 c0 a1 61 90 91 a0", "an empty stream id")]
    [InlineData("96 01 80 c0 a1 61 90 91 c0", "a stream id that is nil")]
    [InlineData("96 04 80 c0 a1 61 90 90", "a stream without an invocation id")]
    [InlineData("94 02 80 c0 07", "an item without an invocation id")]
    [InlineData("94 02 80 a0 07", "an item with an empty invocation id")]
    [InlineData("94 03 80 c0 02", "a completion without an invocation id")]
    [InlineData("94 03 80 a1 31 00", "a completion of kind 0")]
    [InlineData("94 03 80 a1 31 04", "a completion of kind 4")]
    [InlineData("95 03 80 a1 31 01 07", "an error that is no string")]
    [InlineData("93 05 80 c0", "a cancel without an invocation id")]
    [InlineData("93 07 07 c2", "a close whose error is no string")]
    [InlineData("93 07 c0 c0", "a close that may be reconnected after or not")]
    [InlineData("92 08 c0", "an acknowledgement of nothing")]
    [InlineData("92 09 a1 31", "a sequence that is no integer")]
    public void A_message_that_is_itself_wrong_ends_the_connection(string payload, string what) =>
        Should.Throw<InvalidDataException>(() => Frames.Parse(Frames.Hex(payload), new TypedBinder()), what)
            .Message.ShouldStartWith("A message cannot be read, at byte ");

    [Fact]
    public void A_builder_gets_the_protocol_once()
    {
        var services = new ServiceCollection();
        services.AddSignalR().AddCcSignalMessagePackProtocol().AddCcSignalMessagePackProtocol();
        using var provider = services.BuildServiceProvider();
        provider.GetServices<IHubProtocol>().Select(protocol => protocol.Name).Count(name => name == "messagepack").ShouldBe(1);
    }
}
