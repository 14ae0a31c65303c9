using System.Diagnostics;
using System.Globalization;
using CcSignal.TestChild.Native;

namespace CcSignal.TestChild.Verbs;

/// <summary>Output with a pause in the middle, for whoever is to be absent when the second half comes.</summary>
internal static class InTwo
{
    public const string Between = "between-in-two";
    public const string Orphaned = "orphaned-in-two";
    private const int BlockSize = 8 * 1024;

    /// <summary>
    /// <c>in-two bytes seconds end [seed]</c>: half of the bytes of <c>flood bytes</c>, a pause, the other half; ends with an exit code, or by the
    /// signal of that name.
    /// </summary>
    public static int Run(long bytes, TimeSpan pause, string end, long seed)
    {
        Write(bytes, pause, seed);
        return int.TryParse(end, CultureInfo.InvariantCulture, out var code) ? code : Wait.DieBy(end);
    }

    /// <summary><c>orphan-in-two bytes seconds code [seed]</c>: the same, written by a grandchild in a session of its own; the root has ended by then.</summary>
    public static int Orphan(Words words)
    {
        Start(Between, words).WaitForExit();
        return (int)words.Number(3);
    }

    public static int BeBetween(Words words)
    {
        Start(Orphaned, words).Dispose();
        return 0;
    }

    public static int BeOrphaned(long bytes, TimeSpan pause, long seed)
    {
        _ = Libc.setsid();
        Write(bytes, pause, seed);
        return 0;
    }

    private static void Write(long bytes, TimeSpan pause, long seed)
    {
        var half = bytes / 2;
        Write(0, half, seed);
        Wait.For(pause);
        Write(half, bytes, seed);
    }

    private static void Write(long from, long to, long seed)
    {
        var block = new byte[BlockSize];
        for (var position = from; position < to; position += BlockSize)
        {
            var piece = block.AsSpan(0, (int)Math.Min(BlockSize, to - position));
            DeterministicBytes.Fill(piece, seed, position);
            Output.Standard.Write(piece);
        }
    }

    private static Process Start(string verb, Words words) =>
        Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [verb, .. words.AfterVerb.ToArray()]))!;
}
