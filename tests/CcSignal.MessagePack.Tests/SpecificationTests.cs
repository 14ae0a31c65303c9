using Microsoft.AspNetCore.SignalR.Protocol;

namespace CcSignal.MessagePack.Tests;

/// <summary>The examples of HubProtocol.md (dotnet/aspnetcore, src/SignalR/docs/specs), byte for byte.</summary>
public class SpecificationTests
{
    private const string Method = "0xa6 0x6d 0x65 0x74 0x68 0x6f 0x64";
    private const string Xyz = "0xa3 0x78 0x79 0x7a";

    private static readonly Dictionary<string, string> TwoHeaders = new() { ["x"] = "y", ["z"] = "z" };

    public static TheoryData<string, HubMessage> Examples => new()
    {
        { $"0x96 0x01 0x80 {Xyz} {Method} 0x91 0x2a 0x90", new InvocationMessage("xyz", "method", [42]) },
        { $"0x96 0x01 0x80 0xc0 {Method} 0x91 0x2a 0x90", new InvocationMessage("method", [42]) },
        { $"0x96 0x01 0x80 {Xyz} {Method} 0x91 0x2a 0x91 0xa1 0x73", new InvocationMessage("xyz", "method", [42], ["s"]) },
        {
            $"0x96 0x01 0x82 0xa1 0x78 0xa1 0x79 0xa1 0x7a 0xa1 0x7a {Xyz} {Method} 0x91 0x2a 0x90",
            new InvocationMessage("xyz", "method", [42]) { Headers = TwoHeaders }
        },
        { $"0x96 0x04 0x80 {Xyz} {Method} 0x91 0x2a 0x90", new StreamInvocationMessage("xyz", "method", [42]) },
        { $"0x96 0x04 0x80 {Xyz} {Method} 0x91 0x2a 0x91 0xa1 0x73", new StreamInvocationMessage("xyz", "method", [42], ["s"]) },
        { $"0x94 0x02 0x80 {Xyz} 0x2a", new StreamItemMessage("xyz", 42) },
        { $"0x95 0x03 0x80 {Xyz} 0x01 0xa5 0x45 0x72 0x72 0x6f 0x72", CompletionMessage.WithError("xyz", "Error") },
        { $"0x94 0x03 0x80 {Xyz} 0x02", CompletionMessage.Empty("xyz") },
        { $"0x95 0x03 0x80 {Xyz} 0x03 0x2a", CompletionMessage.WithResult("xyz", 42) },
        { $"0x93 0x05 0x80 {Xyz}", new CancelInvocationMessage("xyz") },
        { "0x91 0x06", PingMessage.Instance },
        { "0x93 0x07 0xc0 0xc2", CloseMessage.Empty },
        { $"0x93 0x07 {Xyz} 0xc2", new CloseMessage("xyz") },
        { $"0x93 0x07 {Xyz} 0xc3", new CloseMessage("xyz", allowReconnect: true) },
        { "0x92 0x08 0x24", new AckMessage(36) },
        { "0x92 0x09 0x13", new SequenceMessage(19) },
        { "0x92 0x09 0xcd 0x04 0xd2", new SequenceMessage(1234) },
    };

    /// <summary>What others may send though we do not: older forms, other widths.</summary>
    public static TheoryData<string, HubMessage> OtherForms => new()
    {
        { $"0x95 0x01 0x80 {Xyz} {Method} 0x91 0x2a", new InvocationMessage("xyz", "method", [42]) },
        { $"0x96 0x01 0x80 0xa0 {Method} 0x91 0x2a 0x90", new InvocationMessage("method", [42]) },
        { $"0x97 0x01 0x80 {Xyz} {Method} 0x91 0x2a 0x90 0x81 0x01 0xd4 0x01 0x00", new InvocationMessage("xyz", "method", [42]) },
        { $"0x95 0x04 0x80 {Xyz} {Method} 0x91 0x2a", new StreamInvocationMessage("xyz", "method", [42]) },
        { $"0x95 0x02 0x80 {Xyz} 0x2a 0xc3", new StreamItemMessage("xyz", 42) },
        { $"0x96 0xcc 0x03 0x80 {Xyz} 0xd1 0x00 0x03 0x2a 0xc3", CompletionMessage.WithResult("xyz", 42) },
        { "0x92 0x06 0x80", PingMessage.Instance },
        { $"0x92 0x07 {Xyz}", new CloseMessage("xyz") },
        { "0x92 0x07 0xc0", CloseMessage.Empty },
        { "0x92 0x07 0xa0", new CloseMessage("") },
        { "0x93 0x07 0xc0 0xc3", new CloseMessage(null, allowReconnect: true) },
        { "0x92 0x08 0xcc 0x24", new AckMessage(36) },
        { "0x92 0x09 0xcc 0x13", new SequenceMessage(19) },
        { "0xdc 0x00 0x02 0x09 0xcb 0x40 0x33 0x00 0x00 0x00 0x00 0x00 0x00", new SequenceMessage(19) },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_message_is_written_as_the_specification_shows_it(string bytes, HubMessage message) =>
        Frames.Payload(message).ShouldBe(Frames.Hex(bytes));

    [Theory]
    [MemberData(nameof(Examples))]
    [MemberData(nameof(OtherForms))]
    public void A_message_is_read_as_the_specification_shows_it(string bytes, HubMessage message) =>
        Frames.Parse(Frames.Hex(bytes), new TypedBinder(typeof(int))).ShouldBeEquivalentTo(message);

    [Fact]
    public void It_is_the_second_version_of_the_binary_protocol_messagepack()
    {
        Frames.Protocol.Name.ShouldBe("messagepack");
        Frames.Protocol.Version.ShouldBe(2);
        Frames.Protocol.TransferFormat.ShouldBe(Microsoft.AspNetCore.Connections.TransferFormat.Binary);
        Frames.Protocol.IsVersionSupported(1).ShouldBeTrue();
        Frames.Protocol.IsVersionSupported(2).ShouldBeTrue();
        Frames.Protocol.IsVersionSupported(3).ShouldBeFalse();
    }
}
