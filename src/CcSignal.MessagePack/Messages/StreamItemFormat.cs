using System.Runtime.ExceptionServices;
using CcSignal.MessagePack.Binary;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CcSignal.MessagePack.Messages;

/// <summary>An item of a stream: <c>[2, headers, invocationId, item]</c>.</summary>
internal static class StreamItemFormat
{
    public static void Write(ref MessagePackWriter writer, StreamItemMessage message)
    {
        MessageFormat.Begin(ref writer, 4, HubProtocolConstants.StreamItemMessageType);
        HeadersFormat.Write(ref writer, message.Headers);
        MessageFormat.WriteString(ref writer, message.InvocationId);
        ValueFormat.Write(ref writer, message.Item);
    }

    public static HubMessage Read(ref MessagePackReader reader, IInvocationBinder binder)
    {
        var headers = HeadersFormat.Read(ref reader);
        var invocationId = MessageFormat.ReadName(ref reader, "the invocation id");
        try
        {
            var item = ValueFormat.Read(ref reader, binder.GetStreamItemType(invocationId));
            return new StreamItemMessage(invocationId, item) { Headers = headers };
        }
        catch (Exception failure)
        {
            return new StreamBindingFailureMessage(invocationId, ExceptionDispatchInfo.Capture(failure));
        }
    }
}
