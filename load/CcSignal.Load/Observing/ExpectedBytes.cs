using System.Security.Cryptography;

namespace CcSignal.Load.Observing;

/// <summary>What verbs of the child program write, as SHA-256 in lower-case hexadecimal; made anew here, not taken from what arrived.</summary>
internal static class ExpectedBytes
{
    public static string Flood(long bytes, long seed) => TestChild.DeterministicBytes.Sha256(seed, bytes);

    public static string OneLine(long bytes) => Repeated("abcdefghijklmnopqrstuvwxyz"u8, bytes);

    public static string Binary(long times) => Repeated(Enumerable.Range(0, 256).Select(value => (byte)value).ToArray(), times * 256);

    public static string Utf8Split(long times)
    {
        var line = "žluťoučký 日本語 🎉\n"u8;
        return Repeated(line, times * line.Length);
    }

    /// <summary>Of <c>lines count 0 bytesPerLine</c>.</summary>
    public static string Lines(int count, int bytesPerLine)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var number = 1; number <= count; number++)
        {
            var line = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"line {number}").PadRight(Math.Max(0, bytesPerLine - 1), '.') + "\n";
            hash.AppendData(System.Text.Encoding.ASCII.GetBytes(line));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Repeated(ReadOnlySpan<byte> piece, long bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[piece.Length * 4096];
        for (var at = 0; at < block.Length; at += piece.Length)
        {
            piece.CopyTo(block.AsSpan(at));
        }

        for (var left = bytes; left > 0; left -= block.Length)
        {
            hash.AppendData(block.AsSpan(0, (int)Math.Min(left, block.Length)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
