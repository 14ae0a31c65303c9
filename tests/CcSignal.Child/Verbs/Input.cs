using System.Globalization;
using System.Security.Cryptography;
using CcSignal.TestChild.Native;

namespace CcSignal.TestChild.Verbs;

/// <summary>What comes in on standard input.</summary>
internal static class Input
{
    /// <summary><c>read-stdin</c>: reads to the end of file and prints the count and the SHA-256 of the bytes.</summary>
    public static int Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long bytes = 0;
        Read(piece =>
        {
            bytes += piece.Length;
            hash.AppendData(piece);
        });
        var digest = Convert.ToHexStringLower(hash.GetHashAndReset());
        Output.Standard.Write(Print.Line(string.Create(CultureInfo.InvariantCulture, $"{bytes} {digest}")));
        return 0;
    }

    /// <summary><c>copy-stdin</c>: as <c>cat</c>, each read in one write.</summary>
    public static int Copy()
    {
        Read(Output.Standard.Write);
        return 0;
    }

    private static void Read(Action<ReadOnlySpan<byte>> take)
    {
        // On a terminal .NET's own stream edits lines itself and sees no end of file; a plain program reads.
        using var portable = OperatingSystem.IsWindows() ? Console.OpenStandardInput() : null;
        var buffer = new byte[64 * 1024];
        for (int count; (count = portable?.Read(buffer) ?? Read(buffer)) > 0;)
        {
            take(buffer.AsSpan(0, count));
        }
    }

    private static unsafe int Read(byte[] buffer)
    {
        fixed (byte* start = buffer)
        {
            return (int)Libc.read(0, start, (nuint)buffer.Length);
        }
    }
}
