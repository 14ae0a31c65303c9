using System.Buffers.Binary;
using CcSignal.Keeper.Native;

namespace CcSignal.Keeper.Wire;

/// <summary>How a process ended, as waitid(2) tells it.</summary>
/// <param name="IsExit">By itself; otherwise by a signal.</param>
/// <param name="Value">The exit code, or the signal's number.</param>
/// <param name="CpuMicroseconds">User and system time of it and the children it awaited.</param>
/// <param name="MaxRssBytes">Peak resident memory of the largest of them.</param>
internal readonly record struct ExitStatus(bool IsExit, int Value, long CpuMicroseconds = 0, long MaxRssBytes = 0)
{
    private const int ShellSignalBase = 128;
    private const int BytesPerKibibyte = 1024;
    private const long MicrosecondsPerSecond = 1_000_000;

    /// <summary>As a shell would give it on.</summary>
    public int AsExitCode => IsExit ? Value : ShellSignalBase + Value;

    /// <summary>Whether it exited with this code.</summary>
    public bool Is(int exitCode) => IsExit && Value == exitCode;

    /// <summary>For people.</summary>
    public override string ToString() => IsExit ? $"ended with exit code {Value}" : $"was killed by signal {Value}";

    /// <summary>Reads siginfo_t and struct rusage.</summary>
    public static ExitStatus Read(ReadOnlySpan<byte> info, ReadOnlySpan<byte> usage) => new(
        BinaryPrimitives.ReadInt32LittleEndian(info[8..]) == Libc.CLD_EXITED,
        BinaryPrimitives.ReadInt32LittleEndian(info[24..]),
        Microseconds(usage) + Microseconds(usage[16..]),
        BinaryPrimitives.ReadInt64LittleEndian(usage[32..]) * BytesPerKibibyte);

    private static long Microseconds(ReadOnlySpan<byte> timeval) =>
        (BinaryPrimitives.ReadInt64LittleEndian(timeval) * MicrosecondsPerSecond) + BinaryPrimitives.ReadInt64LittleEndian(timeval[8..]);
}
