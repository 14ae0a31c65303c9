using CcSignal.Contracts;
using CcSignal.Execution.Processes.Linux.Terminals;

namespace CcSignal.Execution.Processes.Linux.Streams;

/// <summary>Streams that are pipes, or a terminal: moved into the journal by a pump each.</summary>
internal sealed class PumpedStreams : ICommandStreams
{
    private readonly OutputPump _stdout;
    private readonly OutputPump? _stderr;
    private readonly TerminalRelay? _terminal;
    private readonly TaskCompletionSource<OutputFault> _faulted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="loop">Moves them.</param>
    /// <param name="time">The clock.</param>
    /// <param name="descriptors">Our ends; owned from now on.</param>
    /// <param name="terms">What becomes of them.</param>
    public PumpedStreams(EventLoop loop, TimeProvider time, CommandDescriptors descriptors, StreamTerms terms)
    {
        _stdout = Pump(descriptors.Stdout, OutputStream.Stdout);
        _stderr = descriptors.Stderr is { } stderr ? Pump(stderr, OutputStream.Stderr) : null;
        Ended = Task.WhenAll(_stdout.Ended, _stderr?.Ended ?? Task.CompletedTask);
        _terminal = descriptors.Terminal is { } terminal ? new TerminalRelay(loop, terminal.Master, terminal.RelayWriter, _stdout) : null;
        if (descriptors.Input is { } input)
        {
            var pipe = new InputPipe(loop, input, terms.InputClosed);
            Input = _terminal is null ? pipe : new TerminalInput(pipe, _terminal);
        }

        OutputPump Pump(int pipe, OutputStream stream) =>
            new(loop, time, pipe, stream, terms.Journal, terms.MaxOutputBytes, terms.DiskPatience, fault => _faulted.TrySetResult(fault));
    }

    public IInputSink? Input { get; }

    public bool AreRecorded => true;

    public Task Ended { get; }

    public Task<OutputFault> Faulted => _faulted.Task;

    public void Begin()
    {
        _stdout.Begin();
        _stderr?.Begin();
        _terminal?.Begin();
    }

    public void Resize(TerminalSize size) => _terminal?.Resize(size);

    public void Abandon()
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
