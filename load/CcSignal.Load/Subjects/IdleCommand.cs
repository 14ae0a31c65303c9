namespace CcSignal.Load.Subjects;

/// <summary>A command that says one line when it runs, then does nothing until its input ends, which is what a server without a cancel leaves to end it by.</summary>
internal static class IdleCommand
{
    public static IReadOnlyList<string> Words { get; } = ["/bin/sh", "-c", "echo ready; exec cat"];
}
