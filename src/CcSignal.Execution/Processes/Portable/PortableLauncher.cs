using System.ComponentModel;
using System.Diagnostics;
using CcSignal.Contracts;
using CcSignal.Execution.History;
using CcSignal.Execution.Journal;
using CcSignal.Execution.Processes.Linux.Keeping;

namespace CcSignal.Execution.Processes.Portable;

/// <summary>
/// Starts commands by <see cref="Process"/>, for systems without a launcher of their own. What it cannot do: a session or group, a
/// polite stop, signal told from exit code, processor time.
/// </summary>
internal sealed class PortableLauncher : ILauncher
{
    // The numbers of errno(3) on Unix; on Windows 2, 5 and 193 mean the same.
    private const int NoSuchFile = 2;
    private const int AccessDenied = 13;
    private const int WindowsAccessDenied = 5;
    private const int BadFormat = 8;
    private const int WindowsBadFormat = 193;
    private const int TooLarge = 7;

    public string Name => "portable";

    public string ControlGroups => "none";

    public bool CanPause => false;

    public bool HasTerminals => false;

    public bool HasSignals => false;

    public bool CanConfine => false;

    public IReadOnlyList<string> Limits => [];

    /// <summary>None: the pipes are .NET's own, and no other process can have them.</summary>
    public KeeperLink? Keeper => null;

    public LaunchResult Launch(LaunchSpec spec)
    {
        var process = new PortableProcess(new Process { StartInfo = Describe(spec), EnableRaisingEvents = true }, spec);
        try
        {
            process.Start();
            return new LaunchResult(process, null);
        }
        catch (Win32Exception exception)
        {
            return Explain(exception, spec);
        }
    }

    /// <summary>It may not: its processes write into pipes of .NET's own.</summary>
    public bool CanWriteDirectly(Confinement confinement) => false;

    /// <summary>None: what lives cannot be told from others on every system, nor its end be known.</summary>
    public bool CanAdopt(long number, ProcessIdentity? known, JournalFiles files) => false;

    public IRunningProcess? Adopt(AdoptSpec spec) => null;

    public Task<bool> DiscardAsync(long number, ProcessIdentity? known, string cookie) =>
        Task.FromResult(known is not null && ProcessTable.Has(known) && ProcessTable.Kill(known));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static ProcessStartInfo Describe(LaunchSpec spec)
    {
        var start = new ProcessStartInfo
        {
            FileName = spec.Path,
            WorkingDirectory = spec.WorkingDirectory,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in spec.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        foreach (var (name, value) in spec.Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static LaunchFailure Explain(Win32Exception exception, LaunchSpec spec) => exception.NativeErrorCode switch
    {
        NoSuchFile => new LaunchFailure(EndCodes.BadInterpreter, $"'{spec.Path}' names an interpreter or loader that does not exist."),
        AccessDenied or WindowsAccessDenied => new LaunchFailure(EndCodes.NotExecutable, $"'{spec.Path}' or its interpreter may not be executed."),
        BadFormat or WindowsBadFormat => new LaunchFailure(EndCodes.NotExecutable, $"'{spec.Path}' is not a program and has no #! line."),
        TooLarge => new LaunchFailure(EndCodes.TooLarge, $"Arguments and environment of '{spec.Name}' are larger than the system takes."),
        _ => new LaunchFailure(EndCodes.SystemError, $"'{spec.Path}' could not be started: {exception.Message}."),
    };
}
