using System.Buffers;
using CcSignal.Contracts.Tests;
using CcSignal.MessagePack.Messages;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CcSignal.MessagePack.Tests;

/// <summary>Where a frame begins and ends, however its bytes come.</summary>
public class FramingTests
{
    [Theory]
    [InlineData(0, "00")]
    [InlineData(127, "7f")]
    [InlineData(128, "8001")]
    [InlineData(16_383, "ff7f")]
    [InlineData(16_384, "808001")]
    [InlineData(2_097_151, "ffff7f")]
    [InlineData(2_097_152, "80808001")]
    [InlineData(268_435_455, "ffffff7f")]
    [InlineData(268_435_456, "8080808001")]
    [InlineData(int.MaxValue, "ffffffff07")]
    public void A_length_takes_seven_bits_a_byte(int length, string form)
    {
        var target = new byte[5];
        var size = LengthPrefix.Write(target, length);
        Convert.ToHexStringLower(target.AsSpan(0, size)).ShouldBe(form);
        LengthPrefix.Size(length).ShouldBe(size);
    }

    [Theory]
    [InlineData("80 80 80 80 08")]
    [InlineData("ff ff ff ff 08")]
    [InlineData("ff ff ff ff 7f")]
    [InlineData("80 80 80 80 80")]
    [InlineData("80 80 80 80 87 00")]
    public void A_length_above_2_GB_ends_the_connection(string bytes)
    {
        var input = new ReadOnlySequence<byte>(Frames.Hex(bytes));
        Should.Throw<InvalidDataException>(() => LengthPrefix.TryCut(ref input, out _)).Message.ShouldBe("A message declares a length above 2 GB.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData("80 80 80 80")]
    [InlineData("01")]
    [InlineData("03 91 06")]
    [InlineData("ff ff ff ff 07 91 06")]
    public void A_frame_that_is_not_all_there_is_left_as_it_is(string bytes)
    {
        var all = new ReadOnlySequence<byte>(Frames.Hex(bytes));
        var input = all;
        Frames.Protocol.TryParseMessage(ref input, new TypedBinder(), out var message).ShouldBeFalse();
        message.ShouldBeNull();
        input.ShouldBe(all);
    }

    [Fact]
    public void Frames_follow_one_another()
    {
        var input = new ReadOnlySequence<byte>([.. Frames.Framed(0x91, 0x06), .. Frames.Framed(0x92, 0x08, 0x24), 0x02, 0x91]);
        Frames.Protocol.TryParseMessage(ref input, new TypedBinder(), out var first).ShouldBeTrue();
        first.ShouldBeOfType<PingMessage>();
        Frames.Protocol.TryParseMessage(ref input, new TypedBinder(), out var second).ShouldBeTrue();
        second.ShouldBeOfType<AckMessage>().SequenceId.ShouldBe(36);
        Frames.Protocol.TryParseMessage(ref input, new TypedBinder(), out _).ShouldBeFalse();
        input.ToArray().ShouldBe([0x02, 0x91]);
    }

    [Fact]
    public void A_length_may_be_written_longer_than_it_needs_to_be()
    {
        var input = new ReadOnlySequence<byte>(Frames.Hex("82 80 80 80 00 91 06"));
        Frames.Protocol.TryParseMessage(ref input, new TypedBinder(), out var message).ShouldBeTrue();
        message.ShouldBeOfType<PingMessage>();
    }

    [Fact]
    public void It_does_not_matter_where_a_frame_is_cut()
    {
        foreach (var sample in Samples.Events.Values.Concat(Samples.Results.Values).Concat(Samples.Arguments.Values.SelectMany(values => values)))
        {
            Check(sample, sample?.GetType() ?? typeof(object));
        }
    }

    private static void Check(object? sample, Type type)
    {
        var frame = Frames.Protocol.GetMessageBytes(new StreamItemMessage("1", sample));
        for (var cut = 0; cut <= frame.Length; cut++)
        {
            var head = new ReadOnlySequence<byte>(frame[..cut]);
            Frames.Protocol.TryParseMessage(ref head, new TypedBinder(type), out _).ShouldBe(cut == frame.Length);
            Reread(Segments.Of(frame[..cut], frame[cut..]), type).AsSpan().SequenceEqual(frame.Span).ShouldBeTrue();
        }

        var bytes = Enumerable.Range(0, frame.Length).Select(index => frame.Slice(index, 1)).ToArray();
        Reread(Segments.Of(bytes), type).AsSpan().SequenceEqual(frame.Span).ShouldBeTrue();
    }

    private static byte[] Reread(ReadOnlySequence<byte> input, Type type)
    {
        Frames.Protocol.TryParseMessage(ref input, new TypedBinder(type), out var message).ShouldBeTrue();
        input.IsEmpty.ShouldBeTrue();
        return Frames.Protocol.GetMessageBytes(message.ShouldBeOfType<StreamItemMessage>()).ToArray();
    }
}
