using CcSignal.MessagePack.Binary;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CcSignal.MessagePack.Messages;

/// <summary>The end of a call: <c>[3, headers, invocationId, 1, error]</c>, <c>[…, 2]</c> without a result, <c>[…, 3, result]</c>.</summary>
internal static class CompletionFormat
{
    private const int Error = 1;
    private const int Void = 2;
    private const int Result = 3;

    public static void Write(ref MessagePackWriter writer, CompletionMessage message)
    {
        var kind = message.Error is not null ? Error : message.HasResult ? Result : Void;
        MessageFormat.Begin(ref writer, kind == Void ? 4 : 5, HubProtocolConstants.CompletionMessageType);
        HeadersFormat.Write(ref writer, message.Headers);
        MessageFormat.WriteString(ref writer, message.InvocationId);
        writer.WriteInteger(kind);
        if (kind == Error)
        {
            MessageFormat.WriteString(ref writer, message.Error);
        }
        else if (kind == Result)
        {
            ValueFormat.Write(ref writer, message.Result);
        }
    }

    public static CompletionMessage Read(ref MessagePackReader reader, IInvocationBinder binder)
    {
        var headers = HeadersFormat.Read(ref reader);
        var invocationId = MessageFormat.ReadName(ref reader, "the invocation id");
        var start = reader.Position;
        var message = reader.ReadInt32() switch
        {
            Error => new CompletionMessage(invocationId, reader.ReadStringOrNil(), result: null, hasResult: false),
            Void => CompletionMessage.Empty(invocationId),
            Result => ReadResult(ref reader, invocationId, binder),
            var kind => throw new MalformedException($"expected 1, 2 or 3 for error, nothing or result, found {kind}", start),
        };
        message.Headers = headers;
        return message;
    }

    private static CompletionMessage ReadResult(ref MessagePackReader reader, string invocationId, IInvocationBinder binder)
    {
        if (TryGetReturnType(binder, invocationId) is not { } type)
        {
            reader.Skip();
            return CompletionMessage.WithResult(invocationId, payload: null);
        }

        try
        {
            return CompletionMessage.WithResult(invocationId, ValueFormat.Read(ref reader, type));
        }
        catch (Exception failure)
        {
            return CompletionMessage.WithError(invocationId, $"The result cannot be read as {type.Name}: {failure.Message}");
        }
    }

    // The binder throws where nobody waits for this result any more; SignalR then notes and drops the message.
    private static Type? TryGetReturnType(IInvocationBinder binder, string invocationId)
    {
        try
        {
            return binder.GetReturnType(invocationId);
        }
        catch (Exception)
        {
            return null;
        }
    }
}
