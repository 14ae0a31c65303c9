using System.Buffers;
using CcSignal.MessagePack.Messages;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CcSignal.MessagePack.Tests;

/// <summary>Frames to and from bytes.</summary>
internal static class Frames
{
    public static readonly MessagePackHubProtocol Protocol = new();

    /// <summary>Bytes written as in the specification: <c>0x96 0x01 …</c>, or <c>96 01 …</c>.</summary>
    public static byte[] Hex(string text) =>
        Convert.FromHexString(text.Replace("0x", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal));

    /// <summary>A payload with its length in front.</summary>
    public static byte[] Framed(params ReadOnlySpan<byte> payload)
    {
        var frame = new byte[LengthPrefix.Size(payload.Length) + payload.Length];
        payload.CopyTo(frame.AsSpan(LengthPrefix.Write(frame, payload.Length)));
        return frame;
    }

    /// <summary>A frame without its length.</summary>
    public static byte[] Payload(HubMessage message)
    {
        var input = new ReadOnlySequence<byte>(Protocol.GetMessageBytes(message));
        LengthPrefix.TryCut(ref input, out var payload).ShouldBeTrue();
        input.IsEmpty.ShouldBeTrue();
        return payload.ToArray();
    }

    /// <summary>The one message of a payload; null for one of an unknown type.</summary>
    public static HubMessage? Parse(byte[] payload, IInvocationBinder binder)
    {
        var input = new ReadOnlySequence<byte>(Framed(payload));
        var found = Protocol.TryParseMessage(ref input, binder, out var message);
        input.IsEmpty.ShouldBeTrue();
        found.ShouldBe(message is not null);
        return message;
    }

    /// <summary>Reads <paramref name="hex"/> as the item of a stream; what is wrong with it is thrown.</summary>
    public static T ReadItem<T>(string hex)
    {
        byte[] payload = [.. Hex("94 02 80 a1 31"), .. Hex(hex)];
        var message = Parse(payload, new TypedBinder(typeof(T)));
        (message as StreamBindingFailureMessage)?.BindingFailure.Throw();
        return (T)message.ShouldBeOfType<StreamItemMessage>().Item!;
    }

    /// <summary>The item of a stream as it is written.</summary>
    public static string WriteItem(object? item) => Convert.ToHexStringLower(Payload(new StreamItemMessage("1", item)))["940280a131".Length..];

    public static T Parse<T>(byte[] payload, IInvocationBinder binder)
        where T : HubMessage => Parse(payload, binder).ShouldBeOfType<T>();
}
