using System.Globalization;
using CcSignal.TestChild.Native;

namespace CcSignal.TestChild.Verbs;

/// <summary>Programs that do not take all of their standard input.</summary>
internal static class InputEnds
{
    /// <summary><c>close-stdin seconds</c>: closes its standard input, prints <c>closed</c>, then waits.</summary>
    public static int Close(TimeSpan seconds)
    {
        // The runtime keeps duplicates of its own.
        var input = new FileInfo("/proc/self/fd/0").LinkTarget;
        foreach (var entry in new DirectoryInfo("/proc/self/fd").GetFiles().Where(entry => entry.LinkTarget == input))
        {
            Libc.close(int.Parse(entry.Name, CultureInfo.InvariantCulture));
        }

        Output.Standard.Write("closed\n"u8);
        Wait.For(seconds);
        return 0;
    }
}
