using System.Buffers;
using CcSignal.MessagePack.Binary;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CcSignal.MessagePack.Messages;

/// <summary>
/// A message as one array, its type first. Values behind those that are known are ignored, and so are messages of an unknown type:
/// later versions may send them. What is wrong with the message itself is thrown and ends the connection; what is wrong with a value
/// that it carries becomes a message that says so, and the connection lives on.
/// </summary>
internal static class MessageFormat
{
    public static void Write(ref MessagePackWriter writer, HubMessage message)
    {
        switch (message)
        {
            case StreamItemMessage item:
                StreamItemFormat.Write(ref writer, item);
                break;
            case CompletionMessage completion:
                CompletionFormat.Write(ref writer, completion);
                break;
            case InvocationMessage invocation:
                InvocationFormat.Write(ref writer, HubProtocolConstants.InvocationMessageType, invocation);
                break;
            case StreamInvocationMessage invocation:
                InvocationFormat.Write(ref writer, HubProtocolConstants.StreamInvocationMessageType, invocation);
                break;
            case CancelInvocationMessage cancel:
                Begin(ref writer, 3, HubProtocolConstants.CancelInvocationMessageType);
                HeadersFormat.Write(ref writer, cancel.Headers);
                WriteString(ref writer, cancel.InvocationId);
                break;
            case PingMessage:
                Begin(ref writer, 1, HubProtocolConstants.PingMessageType);
                break;
            case CloseMessage close:
                Begin(ref writer, 3, HubProtocolConstants.CloseMessageType);
                WriteString(ref writer, string.IsNullOrEmpty(close.Error) ? null : close.Error);
                writer.WriteBoolean(close.AllowReconnect);
                break;
            case AckMessage ack:
                Begin(ref writer, 2, HubProtocolConstants.AckMessageType);
                writer.WriteInteger(ack.SequenceId);
                break;
            case SequenceMessage sequence:
                Begin(ref writer, 2, HubProtocolConstants.SequenceMessageType);
                writer.WriteInteger(sequence.SequenceId);
                break;
            default:
                throw new InvalidOperationException($"A {message.GetType().Name} has no form in the messagepack protocol.");
        }
    }

    /// <summary>Null for a message of an unknown type.</summary>
    public static HubMessage? Read(in ReadOnlySequence<byte> payload, IInvocationBinder binder)
    {
        var reader = new MessagePackReader(payload);
        var items = reader.BeginArray();
        var type = reader.ReadInt32();
        return type switch
        {
            HubProtocolConstants.StreamItemMessageType => StreamItemFormat.Read(ref reader, binder),
            HubProtocolConstants.CompletionMessageType => CompletionFormat.Read(ref reader, binder),
            HubProtocolConstants.InvocationMessageType => InvocationFormat.Read(ref reader, items, binder, streams: false),
            HubProtocolConstants.StreamInvocationMessageType => InvocationFormat.Read(ref reader, items, binder, streams: true),
            HubProtocolConstants.CancelInvocationMessageType => ReadCancelInvocation(ref reader),
            HubProtocolConstants.PingMessageType => PingMessage.Instance,
            HubProtocolConstants.CloseMessageType => ReadClose(ref reader, items),
            HubProtocolConstants.AckMessageType => new AckMessage(reader.ReadInt64()),
            HubProtocolConstants.SequenceMessageType => new SequenceMessage(reader.ReadInt64()),
            _ => null,
        };
    }

    /// <summary>Begins a message of so many values, its type being the first.</summary>
    public static void Begin(ref MessagePackWriter writer, int items, int type)
    {
        writer.BeginArray(items);
        writer.WriteInteger(type);
    }

    public static void WriteString(ref MessagePackWriter writer, string? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            writer.WriteString(value);
        }
    }

    /// <summary>Reads a string that a message cannot be without.</summary>
    public static string ReadName(ref MessagePackReader reader, string what)
    {
        var start = reader.Position;
        var name = reader.ReadString();
        return name.Length > 0 ? name : throw new MalformedException($"{what} is empty", start);
    }

    private static CancelInvocationMessage ReadCancelInvocation(ref MessagePackReader reader)
    {
        var headers = HeadersFormat.Read(ref reader);
        return new CancelInvocationMessage(ReadName(ref reader, "the invocation id")) { Headers = headers };
    }

    // The first version of the protocol had no allowReconnect.
    private static CloseMessage ReadClose(ref MessagePackReader reader, int items)
    {
        var error = reader.ReadStringOrNil();
        var allowReconnect = items > 2 && reader.ReadBoolean();
        return error is null && !allowReconnect ? CloseMessage.Empty : new CloseMessage(error, allowReconnect);
    }
}
