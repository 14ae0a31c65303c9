using System.Text;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CcSignal.Contracts.Tests;

/// <summary>
/// The wire, byte for byte: a change of it is a changed file in review. With <c>CCSIGNAL_UPDATE_GOLDEN=1</c> the files are written anew
/// instead of compared.
/// </summary>
public class GoldenTests
{
    private const char RecordSeparator = '\u001e';

    private static readonly Dictionary<string, HubMessage> Messages = new(
        [
            .. Samples.Events.Select(sample => KeyValuePair.Create($"event.{sample.Key}", (HubMessage)new StreamItemMessage("1", sample.Value))),
            .. Samples.Results.Select(sample => KeyValuePair.Create($"result.{sample.Key}", (HubMessage)CompletionMessage.WithResult("1", sample.Value))),
            .. Samples.Arguments.Select(sample => KeyValuePair.Create($"call.{sample.Key}", Call(sample.Key.Split('.')[0], sample.Value))),
        ]);

    public static TheoryData<string> Names => [.. Messages.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_looks_in_json_as_it_always_did(string name)
    {
        var frame = Encoding.UTF8.GetString(HubProtocols.Json.GetMessageBytes(Messages[name]).Span);
        frame.ShouldEndWith($"{RecordSeparator}");
        Golden.Check($"{name}.json", frame.TrimEnd(RecordSeparator) + "\n");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_looks_in_messagepack_as_it_always_did(string name) =>
        Golden.Check($"{name}.msgpack.hex", Golden.Dump(HubProtocols.MessagePack.GetMessageBytes(Messages[name]).Span));

    [Fact]
    public void Every_golden_file_belongs_to_a_message() =>
        Golden.Files().ShouldBe(Messages.Keys.SelectMany(name => new[] { $"{name}.json", $"{name}.msgpack.hex" }), ignoreOrder: true);

    [Fact]
    public void Every_event_kind_has_its_golden_file() =>
        Samples.Events.Values.Select(item => item.Kind).ShouldBe(Enum.GetValues<EventKind>(), ignoreOrder: true);

    private static HubMessage Call(string method, object?[] arguments) => method switch
    {
        HubMethods.Run or HubMethods.Follow or HubMethods.Watch => new StreamInvocationMessage("1", method, arguments),
        HubMethods.Ack => new InvocationMessage(method, arguments),
        _ => new InvocationMessage("1", method, arguments),
    };
}
