namespace CcSignal.TestKit;

/// <summary>A test has ended and some of its processes have not.</summary>
/// <param name="processes">As <c>pid: command line</c>.</param>
public sealed class ProcessesLeftException(IReadOnlyList<string> processes)
    : Exception($"The test left {processes.Count} running: {string.Join("; ", processes)}")
{
    /// <summary>As <c>pid: command line</c>.</summary>
    public IReadOnlyList<string> Processes { get; } = processes;
}
