using CcSignal.Contracts;
using CcSignal.Execution.History;
using CcSignal.Execution.Processes.Linux.Terminals;
using CcSignal.Execution.Processes.Linux.Tree;

namespace CcSignal.Execution.Processes.Linux;

/// <summary>A command started by <see cref="LinuxLauncher"/>, of this server or of an earlier one: leader of its own session and group, its output moved by two pumps.</summary>
internal sealed class LinuxProcess : IRunningProcess
{
    private readonly ProcessTree _tree;
    private readonly IExitSource _exit;
    private readonly OutputPump _stdout;
    private readonly OutputPump? _stderr;
    private readonly TerminalRelay? _terminal;
    private readonly TaskCompletionSource<OutputFault> _faulted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LinuxProcess(EventLoop loop, TimeProvider time, ProcessIdentity root, ProcessTree tree, IExitSource exit, ProcessStreams streams)
    {
        (Identity, _tree, _exit) = (root, tree, exit);
        var descriptors = streams.Descriptors;
        _stdout = Pump(descriptors.Stdout, OutputStream.Stdout);
        _stderr = descriptors.Stderr is { } stderr ? Pump(stderr, OutputStream.Stderr) : null;
        OutputEnded = Task.WhenAll(_stdout.Ended, _stderr?.Ended ?? Task.CompletedTask);
        _terminal = descriptors.Terminal is { } terminal ? new TerminalRelay(loop, terminal.Master, terminal.RelayWriter, _stdout) : null;
        if (descriptors.Input is { } input)
        {
            var pipe = new InputPipe(loop, input, streams.InputClosed);
            Input = _terminal is null ? pipe : new TerminalInput(pipe, _terminal);
        }

        OutputPump Pump(int pipe, OutputStream stream) =>
            new(loop, time, pipe, stream, streams.Journal, streams.MaxOutputBytes, streams.DiskPatience, fault => _faulted.TrySetResult(fault));
    }

    public ProcessIdentity Identity { get; }

    public long? StartedAt => _exit.StartedAt;

    public Task<ProcessExit> Exited => _exit.Exited;

    public Task OutputEnded { get; }

    public Task<OutputFault> OutputFaulted => _faulted.Task;

    public IInputSink? Input { get; }

    public void Begin()
    {
        _stdout.Begin();
        _stderr?.Begin();
        _terminal?.Begin();
        _exit.Begin();
    }

    public void Resize(TerminalSize size) => _terminal?.Resize(size);

    public void Signal(int signal) => _exit.Signal(signal);

    public string? Degraded { get; init; }

    public bool IsGone => _tree.IsEmpty;

    public IReadOnlyList<string> Living() => Names(_tree.Living());

    public void SignalAll(int signal) => _tree.Ask(signal);

    public async Task<IReadOnlyList<string>> KillAsync()
    {
        // At once for nearly all of it, while the search for the rest begins.
        Signal(SignalNames.SIGKILL);
        return Names(await _tree.KillAsync());
    }

    public Task<bool> PauseAsync() => _tree.FreezeAsync();

    public void Resume() => _tree.Thaw();

    public ResourceUse Measure() => _tree.Measure();

    public void Release() => _tree.Release();

    private static List<string> Names(IReadOnlyList<TreeProcess> processes) => [.. processes.Select(process => process.ToString())];

    public void AbandonOutput()
    {
        if (_terminal is not null)
        {
            _terminal.Abandon();
        }
        else
        {
            _stdout.Abandon();
            _stderr?.Abandon();
        }
    }
}
