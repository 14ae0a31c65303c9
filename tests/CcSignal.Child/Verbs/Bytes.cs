using CcSignal.TestChild.Native;

namespace CcSignal.TestChild.Verbs;

/// <summary>Bytes that only a byte-exact recording returns as they were.</summary>
internal static class Bytes
{
    /// <summary>
    /// <c>flood bytes [blockSize] [seed]</c>: <see cref="DeterministicBytes"/> in writes of a block;
    /// <c>exit-undrained bytes code</c>: the same, and gone at once.
    /// </summary>
    public static int Flood(long bytes, long blockSize, long seed, int exitCode = 0)
    {
        var block = new byte[blockSize];
        for (long position = 0; position < bytes; position += blockSize)
        {
            var piece = block.AsSpan(0, (int)Math.Min(blockSize, bytes - position));
            DeterministicBytes.Fill(piece, seed, position);
            Output.Standard.Write(piece);
        }

        return exitCode;
    }

    /// <summary><c>binary [times]</c>: the 256 byte values in order.</summary>
    public static int Binary(long times)
    {
        var values = new byte[256];
        for (var value = 0; value < values.Length; value++)
        {
            values[value] = (byte)value;
        }

        for (long time = 0; time < times; time++)
        {
            Output.Standard.Write(values);
        }

        return 0;
    }

    /// <summary><c>one-line bytes</c>: letters from a to z, again and again, and never a newline.</summary>
    public static int OneLine(long bytes)
    {
        var alphabets = new byte[26 * 2520];
        for (var index = 0; index < alphabets.Length; index++)
        {
            alphabets[index] = (byte)('a' + index % 26);
        }

        for (var left = bytes; left > 0; left -= alphabets.Length)
        {
            Output.Standard.Write(alphabets.AsSpan(0, (int)Math.Min(left, alphabets.Length)));
        }

        return 0;
    }

    /// <summary><c>one-byte count [seed]</c>: <see cref="DeterministicBytes"/>, each in its own write.</summary>
    public static int OneByte(long count, long seed)
    {
        var bytes = new byte[count];
        DeterministicBytes.Fill(bytes, seed, position: 0);
        for (var index = 0; index < bytes.Length; index++)
        {
            Output.Standard.Write(bytes.AsSpan(index, 1));
        }

        return 0;
    }

    /// <summary><c>utf8-split [times]</c>: a line with characters of two, three and four bytes, each byte in its own write.</summary>
    public static int Utf8Split(long times)
    {
        var line = "žluťoučký 日本語 🎉\n"u8;
        for (long time = 0; time < times; time++)
        {
            for (var index = 0; index < line.Length; index++)
            {
                Output.Standard.Write(line.Slice(index, 1));
            }
        }

        return 0;
    }
}
