using System.Diagnostics;
using System.Globalization;
using CcSignal.TestChild.Native;

namespace CcSignal.TestChild.Verbs;

/// <summary>Families of processes. Descendants are this program again, with a verb of their own, and inherit 0–2.</summary>
internal static class Descendants
{
    public const string Between = "between";
    public const string Detached = "detached";
    public const string Late = "late";

    /// <summary><c>spawn seconds</c>: a child in the same group that sleeps; prints <c>child pid</c>, and both stay for so long.</summary>
    public static int Spawn(TimeSpan seconds)
    {
        using var child = Start("sleep", seconds);
        Output.Standard.Write(Print.Line(string.Create(CultureInfo.InvariantCulture, $"child {child.Id}")));
        child.WaitForExit();
        return 0;
    }

    /// <summary>
    /// <c>spawn-detached seconds [rootSeconds]</c>: a grandchild that is nobody's child (double fork) in a session of its own
    /// prints <c>detached pid</c> and stays for so long; the root stays as long, or as long as said.
    /// </summary>
    public static int SpawnDetached(TimeSpan seconds, TimeSpan rootSeconds)
    {
        using (var between = Start(Between, seconds))
        {
            between.WaitForExit();
        }

        Wait.For(rootSeconds);
        return 0;
    }

    public static int StartDetached(TimeSpan seconds)
    {
        using var detached = Start(Detached, seconds);
        return 0;
    }

    public static int BeDetached(TimeSpan seconds)
    {
        _ = Libc.setsid();
        Output.Standard.Write(Print.Line(string.Create(CultureInfo.InvariantCulture, $"detached {Environment.ProcessId}")));
        Wait.For(seconds);
        return 0;
    }

    /// <summary>
    /// <c>hold-output seconds [exitCode] [lateLines]</c>: the root ends at once with the code; a child keeps its output open,
    /// writes <c>late 1</c>, … spread over the time, and ends.
    /// </summary>
    public static int HoldOutput(TimeSpan seconds, int exitCode, long lateLines)
    {
        using var late = Start(Late, seconds, lateLines.ToString(CultureInfo.InvariantCulture));
        Output.Standard.Write("root leaves\n"u8);
        return exitCode;
    }

    public static int WriteLate(TimeSpan seconds, long lines)
    {
        for (long number = 1; number <= lines; number++)
        {
            Wait.For(seconds / lines);
            Output.Standard.Write(Print.Line(string.Create(CultureInfo.InvariantCulture, $"late {number}")));
        }

        return 0;
    }

    private static Process Start(string verb, TimeSpan seconds, params ReadOnlySpan<string> more)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!);
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(Descendants).Assembly.Location);
        }

        start.ArgumentList.Add(verb);
        start.ArgumentList.Add(seconds.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        foreach (var word in more)
        {
            start.ArgumentList.Add(word);
        }

        return Process.Start(start)!;
    }
}
