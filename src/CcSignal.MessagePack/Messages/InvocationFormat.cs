using System.Runtime.ExceptionServices;
using CcSignal.MessagePack.Binary;
using CcSignal.MessagePack.Formatters;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CcSignal.MessagePack.Messages;

/// <summary>A call: <c>[1 or 4, headers, invocationId, target, arguments, streamIds?]</c>.</summary>
internal static class InvocationFormat
{
    private const int ItemsWithStreamIds = 6;

    public static void Write(ref MessagePackWriter writer, int type, HubMethodInvocationMessage message)
    {
        MessageFormat.Begin(ref writer, ItemsWithStreamIds, type);
        HeadersFormat.Write(ref writer, message.Headers);
        MessageFormat.WriteString(ref writer, string.IsNullOrEmpty(message.InvocationId) ? null : message.InvocationId);
        writer.WriteString(message.Target);
        writer.BeginArray(message.Arguments.Length);
        foreach (var argument in message.Arguments)
        {
            ValueFormat.Write(ref writer, argument);
        }

        writer.End();
        StringFormatter.List.Write(ref writer, message.StreamIds ?? []);
    }

    public static HubMessage Read(ref MessagePackReader reader, int items, IInvocationBinder binder, bool streams)
    {
        var headers = HeadersFormat.Read(ref reader);
        var invocationId = streams ? MessageFormat.ReadName(ref reader, "the invocation id") : ReadInvocationId(ref reader);
        var target = ReadTarget(ref reader, binder);
        object?[] arguments;
        try
        {
            arguments = ReadArguments(ref reader, binder.GetParameterTypes(target));
        }
        catch (MalformedException malformed)
        {
            return Refuse(invocationId, target, Unreadable("The arguments", malformed));
        }
        catch (Exception failure)
        {
            return Refuse(invocationId, target, failure);
        }

        var streamIds = items < ItemsWithStreamIds ? null : ReadStreamIds(ref reader);
        return streams
            ? new StreamInvocationMessage(invocationId!, target, arguments, streamIds!) { Headers = headers }
            : new InvocationMessage(invocationId, target, arguments, streamIds) { Headers = headers };
    }

    // Who wants no answer sends nil; some send an empty string.
    private static string? ReadInvocationId(ref MessagePackReader reader) => reader.ReadStringOrNil() is { Length: > 0 } id ? id : null;

    // The binder knows its methods' names, so that none is made anew for each call.
    private static string ReadTarget(ref MessagePackReader reader, IInvocationBinder binder)
    {
        var start = reader.Position;
        var utf8 = reader.ReadUtf8(int.MaxValue);
        return utf8.IsEmpty
            ? throw new MalformedException("the target is empty", start)
            : binder.GetTarget(utf8) ?? MessagePackReader.Decode(utf8, start);
    }

    private static object?[] ReadArguments(ref MessagePackReader reader, IReadOnlyList<Type> types)
    {
        var count = reader.BeginArray();
        if (count != types.Count)
        {
            throw Refusal($"The call has {count} arguments, the method takes {types.Count}.");
        }

        var arguments = new object?[count];
        for (var index = 0; index < count; index++)
        {
            arguments[index] = ReadArgument(ref reader, types[index], index);
        }

        reader.End();
        return arguments;
    }

    private static object? ReadArgument(ref MessagePackReader reader, Type type, int index)
    {
        try
        {
            return ValueFormat.Read(ref reader, type);
        }
        catch (InvalidDataException failure)
        {
            throw Unreadable($"Argument {index + 1}", failure);
        }
    }

    private static InvocationBindingFailureMessage Refuse(string? invocationId, string target, Exception failure) =>
        new(invocationId, target, ExceptionDispatchInfo.Capture(failure));

    private static HubException Unreadable(string what, Exception why) => Refusal($"{what} cannot be read: {why.Message}", why);

    // A HubException's words reach the caller, who sent the arguments and can only repair them if told what is wrong.
    private static HubException Refusal(string sentence, Exception? why = null) => new($"[{Contracts.ErrorCodes.InvalidRequest}] {sentence}", why);

    private static string[]? ReadStreamIds(ref MessagePackReader reader)
    {
        var ids = new string[reader.BeginArray()];
        for (var index = 0; index < ids.Length; index++)
        {
            ids[index] = MessageFormat.ReadName(ref reader, "a stream id");
        }

        reader.End();
        return ids.Length == 0 ? null : ids;
    }
}
