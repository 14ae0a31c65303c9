using System.Buffers;

namespace CcSignal.MessagePack.Messages;

/// <summary>
/// The length in front of each message: seven bits a byte, the lowest first, the high bit says that more follow; at most 2^31 - 1,
/// so at most five bytes.
/// </summary>
internal static class LengthPrefix
{
    private const int MaxSize = 5;

    /// <summary>Cuts the first message off <paramref name="input"/>, or leaves it as it is while the message is not all there.</summary>
    public static bool TryCut(ref ReadOnlySequence<byte> input, out ReadOnlySequence<byte> payload)
    {
        payload = default;
        var reader = new SequenceReader<byte>(input);
        long length = 0;
        for (var size = 1; reader.TryRead(out var next); size++)
        {
            length |= (long)(next & 0x7F) << (7 * (size - 1));
            if (length > int.MaxValue || (size == MaxSize && next >= 0x80))
            {
                throw new InvalidDataException("A message declares a length above 2 GB.");
            }

            if (next < 0x80)
            {
                return reader.TryReadExact((int)length, out payload) && Advance(ref input, reader.Position);
            }
        }

        return false;
    }

    /// <summary>The bytes that <see cref="Write"/> takes.</summary>
    public static int Size(int length) => length switch
    {
        < 1 << 7 => 1,
        < 1 << 14 => 2,
        < 1 << 21 => 3,
        < 1 << 28 => 4,
        _ => 5,
    };

    /// <summary>Writes <paramref name="length"/> and returns how many bytes it took.</summary>
    public static int Write(Span<byte> target, int length)
    {
        var size = 0;
        for (; length >= 0x80; length >>= 7)
        {
            target[size++] = (byte)(length | 0x80);
        }

        target[size++] = (byte)length;
        return size;
    }

    private static bool Advance(ref ReadOnlySequence<byte> input, SequencePosition position)
    {
        input = input.Slice(position);
        return true;
    }
}
