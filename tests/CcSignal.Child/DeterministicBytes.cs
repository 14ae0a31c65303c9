using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace CcSignal.TestChild;

/// <summary>
/// Bytes that look random and are known at every position: a lost, doubled or exchanged piece cannot go unseen. The child prints
/// them, the test computes them again (this file is linked into the test kit). SplitMix64 over (seed, position ÷ 8).
/// </summary>
internal static class DeterministicBytes
{
    /// <summary>Fills <paramref name="target"/> with the bytes that stand from <paramref name="position"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(Span<byte> target, long seed, long position)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        var inWord = (int)(position % sizeof(ulong));
        if (inWord != 0 && target.Length > 0)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, WordAt(seed, position / sizeof(ulong)));
            var taken = Math.Min(target.Length, sizeof(ulong) - inWord);
            word.Slice(inWord, taken).CopyTo(target);
            target = target[taken..];
            position += taken;
        }

        var index = position / sizeof(ulong);
        for (; target.Length >= sizeof(ulong); target = target[sizeof(ulong)..])
        {
            BinaryPrimitives.WriteUInt64LittleEndian(target, WordAt(seed, index++));
        }

        BinaryPrimitives.WriteUInt64LittleEndian(word, WordAt(seed, index));
        word[..target.Length].CopyTo(target);
    }

    /// <summary>The SHA-256 in lower-case hexadecimal of the first <paramref name="bytes"/>.</summary>
    public static string Sha256(long seed, long bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[64 * 1024];
        for (long position = 0; position < bytes; position += block.Length)
        {
            var piece = block.AsSpan(0, (int)Math.Min(block.Length, bytes - position));
            Fill(piece, seed, position);
            hash.AppendData(piece);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static ulong WordAt(long seed, long index)
    {
        var z = (ulong)seed + ((ulong)index + 1) * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
