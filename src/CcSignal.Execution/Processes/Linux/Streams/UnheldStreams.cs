using CcSignal.Contracts;

namespace CcSignal.Execution.Processes.Linux.Streams;

/// <summary>Streams whose other ends closed with an earlier server: what the command writes to them ends it by SIGPIPE, or nobody sees it.</summary>
internal sealed class UnheldStreams : ICommandStreams
{
    public IInputSink? Input => null;

    public bool AreRecorded => false;

    public Task Ended => Task.CompletedTask;

    public Task<OutputFault> Faulted { get; } = new TaskCompletionSource<OutputFault>().Task;

    public void Begin()
    {
    }

    public void Resize(TerminalSize size)
    {
    }

    public void Abandon()
    {
    }
}
