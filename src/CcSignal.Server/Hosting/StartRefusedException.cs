namespace CcSignal.Server.Hosting;

/// <summary>The server will not start as it was asked to: told in plain words and an exit code, never with a stack trace.</summary>
/// <param name="exitCode">One of <see cref="Hosting.ExitCode"/>.</param>
/// <param name="message">What is wrong, where, and what to do.</param>
internal sealed class StartRefusedException(int exitCode, string message) : Exception(message)
{
    /// <summary>One of <see cref="Hosting.ExitCode"/>.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>Every fault of a configuration in one message.</summary>
    public static StartRefusedException Of(IReadOnlyCollection<string> faults) => new(
        Hosting.ExitCode.BadConfiguration,
        $"The configuration has {(faults.Count == 1 ? "a fault" : $"{faults.Count} faults")}:{string.Concat(faults.Select(fault => $"{Environment.NewLine}  - {fault}"))}");
}
