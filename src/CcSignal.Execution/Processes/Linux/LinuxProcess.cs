using CcSignal.Contracts;
using CcSignal.Execution.History;
using CcSignal.Execution.Processes.Linux.Streams;
using CcSignal.Execution.Processes.Linux.Tree;

namespace CcSignal.Execution.Processes.Linux;

/// <summary>A command started by <see cref="LinuxLauncher"/>, of this server or of an earlier one: leader of its own session and group.</summary>
internal sealed class LinuxProcess(ProcessIdentity root, ProcessTree tree, IExitSource exit, ICommandStreams streams) : IRunningProcess
{
    public ProcessIdentity Identity => root;

    public long? StartedAt => exit.StartedAt;

    public Task<ProcessExit> Exited => exit.Exited;

    public Task OutputEnded => streams.Ended;

    public Task<OutputFault> OutputFaulted => streams.Faulted;

    public bool IsRecorded => streams.AreRecorded;

    public IInputSink? Input => streams.Input;

    public void Begin()
    {
        streams.Begin();
        exit.Begin();
    }

    public void Resize(TerminalSize size) => streams.Resize(size);

    public void Signal(int signal) => exit.Signal(signal);

    public string? Degraded { get; init; }

    public bool IsGone => tree.IsEmpty;

    public IReadOnlyList<string> Living() => Names(tree.Living());

    public void SignalAll(int signal) => tree.Ask(signal);

    public async Task<IReadOnlyList<string>> KillAsync()
    {
        // At once for nearly all of it, while the search for the rest begins.
        Signal(SignalNames.SIGKILL);
        return Names(await tree.KillAsync());
    }

    public Task<bool> PauseAsync() => tree.FreezeAsync();

    public void Resume() => tree.Thaw();

    public ResourceUse Measure() => tree.Measure();

    public void Release() => tree.Release();

    public void AbandonOutput() => streams.Abandon();

    private static List<string> Names(IReadOnlyList<TreeProcess> processes) => [.. processes.Select(process => process.ToString())];
}
