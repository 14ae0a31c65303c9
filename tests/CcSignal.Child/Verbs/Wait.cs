using System.Diagnostics;
using System.Runtime.InteropServices;
using CcSignal.TestChild.Native;

namespace CcSignal.TestChild.Verbs;

/// <summary>Programs that stay, and how they take it when they are told to go. Each says a word first, so that a test need not guess.</summary>
internal static class Wait
{
    /// <summary><c>sleep seconds</c>: prints <c>sleeping</c>, then waits.</summary>
    public static int Sleep(TimeSpan seconds)
    {
        Output.Standard.Write("sleeping\n"u8);
        For(seconds);
        return 0;
    }

    /// <summary><c>burn seconds</c>: uses a core for so long.</summary>
    public static int Burn(TimeSpan seconds)
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < seconds)
        {
        }

        return 0;
    }

    /// <summary><c>die-by SIGNAME</c>: killed by its own hand.</summary>
    public static int DieBy(string signal)
    {
        Signals.Raise(signal);
        For(Timeout.InfiniteTimeSpan);
        return 0;
    }

    /// <summary><c>ignore-term</c>: ignores SIGTERM and SIGINT, prints <c>ready</c>, stays until it is killed.</summary>
    public static int IgnoreTerm()
    {
        Signals.Ignore("SIGTERM");
        Signals.Ignore("SIGINT");
        Output.Standard.Write("ready\n"u8);
        For(Timeout.InfiniteTimeSpan);
        return 0;
    }

    /// <summary><c>on-term code</c>: prints <c>ready</c>; on SIGTERM prints <c>bye</c> and ends with the code.</summary>
    public static int OnTerm(int exitCode)
    {
        using var told = new ManualResetEvent(initialState: false);
        using var registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            told.Set();
        });
        Output.Standard.Write("ready\n"u8);
        told.WaitOne();
        Output.Standard.Write("bye\n"u8);
        return exitCode;
    }

    public static void For(TimeSpan time)
    {
        if (time == TimeSpan.Zero)
        {
            return;
        }

        using var never = new ManualResetEvent(initialState: false);
        never.WaitOne(time);
    }
}
