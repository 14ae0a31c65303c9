using System.Buffers;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CcSignal.MessagePack.Tests;

/// <summary>Reads what anyone may have sent, and fails where that does more than be refused.</summary>
internal static class FrameJudge
{
    // A frame's own memory: text takes two bytes for one and a head, an entry of a dictionary about 100. An error has its stack.
    private const int BytesPerByte = 128;
    private const int BytesForAnError = 24 * 1024;

    public static Verdict Judge(byte[] frame, IInvocationBinder binder)
    {
        var input = new ReadOnlySequence<byte>(frame);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var verdict = Read(ref input, binder, out var message);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // RawResult copies what it is given; a frame as large as those with a million levels costs no more than itself.
        if (allocated > BytesForAnError + ((long)BytesPerByte * Math.Min(frame.Length, 4_096)) + frame.Length)
        {
            throw new InvalidOperationException($"{allocated} bytes were taken for a frame of {frame.Length}: {Show(frame)}");
        }

        if (message is not null && Wrong(message, binder) is { } wrong)
        {
            throw new InvalidOperationException($"{wrong} Frame: {Show(frame)}");
        }

        return verdict;
    }

    private static Verdict Read(ref ReadOnlySequence<byte> input, IInvocationBinder binder, out HubMessage? message)
    {
        message = null;
        var length = input.Length;
        try
        {
            if (Frames.Protocol.TryParseMessage(ref input, binder, out message))
            {
                return message is InvocationBindingFailureMessage or StreamBindingFailureMessage ? Verdict.CallRefused : Verdict.Read;
            }

            return input.Length < length ? Verdict.Ignored : Verdict.Incomplete;
        }
        catch (InvalidDataException)
        {
            return Verdict.ConnectionRefused;
        }
    }

    private static string? Wrong(HubMessage message, IInvocationBinder binder) => message switch
    {
        InvocationBindingFailureMessage failure => WrongFailure(failure.BindingFailure.SourceException),
        StreamBindingFailureMessage failure => WrongFailure(failure.BindingFailure.SourceException),
        _ => WrongMessage(message, binder),
    };

    // A failure is one of those that the protocol or the binder decides on, not one that happened to it.
    private static string? WrongFailure(Exception failure) =>
        failure is InvalidDataException or HubException or KeyNotFoundException ? null : $"A call was refused with {failure}.";

    // What was read is whole: sent on and read again it is the same.
    private static string? WrongMessage(HubMessage message, IInvocationBinder binder)
    {
        var payload = Frames.Payload(message);
        return Frames.Payload(Frames.Parse(payload, binder)!).AsSpan().SequenceEqual(payload)
            ? null
            : $"A {message.GetType().Name} was read that is another when sent on.";
    }

    private static string Show(byte[] frame) => Convert.ToHexStringLower(frame.AsSpan(0, Math.Min(frame.Length, 4_096)));
}
