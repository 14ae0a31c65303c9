using CcSignal.Contracts;
using CcSignal.Execution.History;

namespace CcSignal.Execution.Processes.Linux;

/// <summary>A command started by <see cref="LinuxLauncher"/>: leader of its own session and group, its output moved by two pumps.</summary>
internal sealed class LinuxProcess : IRunningProcess
{
    private readonly int _group;
    private readonly ExitWatch _exit;
    private readonly OutputPump _stdout;
    private readonly OutputPump _stderr;
    private readonly TaskCompletionSource<OutputFault> _faulted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LinuxProcess(EventLoop loop, TimeProvider time, LaunchSpec spec, int processId, int pidfd, OutputPipe stdout, OutputPipe stderr)
    {
        _group = processId;
        Identity = ProcessTable.Identify(processId);
        _exit = new ExitWatch(loop, processId, pidfd);
        _stdout = Pump(stdout, OutputStream.Stdout);
        _stderr = Pump(stderr, OutputStream.Stderr);
        OutputEnded = Task.WhenAll(_stdout.Ended, _stderr.Ended);

        OutputPump Pump(OutputPipe pipe, OutputStream stream) =>
            new(loop, time, pipe.Reader, stream, spec.Journal, spec.MaxOutputBytes, fault => _faulted.TrySetResult(fault));
    }

    public ProcessIdentity Identity { get; }

    public Task<ProcessExit> Exited => _exit.Exited;

    public Task OutputEnded { get; }

    public Task<OutputFault> OutputFaulted => _faulted.Task;

    public void Begin()
    {
        _stdout.Begin();
        _stderr.Begin();
        _exit.Begin();
    }

    public void Signal(int signal) => _exit.Signal(signal);

    public void Kill() => Signal(SignalNames.SIGKILL);

    public IReadOnlyList<string> KillLeftovers() => ProcessGroup.KillLeftovers(_group);

    public void AbandonOutput()
    {
        _stdout.Abandon();
        _stderr.Abandon();
    }
}
