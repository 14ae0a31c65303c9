using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using CcSignal.MessagePack.Binary;
using CcSignal.MessagePack.Messages;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CcSignal.MessagePack;

/// <summary>
/// SignalR's <c>messagepack</c> hub protocol, version 2: a frame is the length of its payload and the payload, one MessagePack array
/// (HubProtocol.md in dotnet/aspnetcore). It behaves as Microsoft's does towards any peer, for the types of this contract only.
/// </summary>
internal sealed class MessagePackHubProtocol : IHubProtocol
{
    public string Name => "messagepack";

    public int Version => 2;

    public TransferFormat TransferFormat => TransferFormat.Binary;

    public bool IsVersionSupported(int version) => version <= Version;

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        // A message of a type from the future is passed over here, not by returning false: SignalR's server takes that for
        // "not all here yet", and would meet the same message again and again.
        while (LengthPrefix.TryCut(ref input, out var payload))
        {
            message = Parse(payload, binder);
            if (message is not null)
            {
                return true;
            }
        }

        message = null;
        return false;
    }

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output)
    {
        var length = Measure(message);
        var total = LengthPrefix.Size(length) + length;

        // One span for the whole frame: asked for less, a connection's pipe hands out 4 KiB blocks, and each becomes a system call.
        WriteFrame(message, length, output.GetSpan(total)[..total]);
        output.Advance(total);
    }

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message)
    {
        var length = Measure(message);
        var frame = GC.AllocateUninitializedArray<byte>(LengthPrefix.Size(length) + length);
        WriteFrame(message, length, frame);
        return frame;
    }

    private static HubMessage? Parse(in ReadOnlySequence<byte> payload, IInvocationBinder binder)
    {
        try
        {
            return MessageFormat.Read(payload, binder);
        }
        catch (MalformedException malformed)
        {
            throw new InvalidDataException($"A message cannot be read, at byte {malformed.Position}: {malformed.Message}", malformed);
        }
    }

    private static int Measure(HubMessage message)
    {
        var writer = new MessagePackWriter();
        MessageFormat.Write(ref writer, message);
        return writer.Length;
    }

    private static void WriteFrame(HubMessage message, int length, Span<byte> frame)
    {
        var prefix = LengthPrefix.Write(frame, length);
        var writer = new MessagePackWriter(frame[prefix..]);
        MessageFormat.Write(ref writer, message);
        if (writer.Length != length)
        {
            throw new InvalidOperationException($"A {message.GetType().Name} changed while it was written.");
        }
    }
}
