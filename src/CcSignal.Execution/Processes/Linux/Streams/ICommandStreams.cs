using CcSignal.Contracts;

namespace CcSignal.Execution.Processes.Linux.Streams;

/// <summary>The standard streams of a running command: where its input goes, and how its output comes into the journal.</summary>
internal interface ICommandStreams
{
    /// <summary>Where its input goes; null: it is at its end.</summary>
    IInputSink? Input { get; }

    /// <summary>Whether what it writes is recorded; false: nobody held its pipes when an earlier server ended.</summary>
    bool AreRecorded { get; }

    /// <summary>Output is at its end, or was abandoned.</summary>
    Task Ended { get; }

    /// <summary>Completes if output cannot be recorded any more; at most once.</summary>
    Task<OutputFault> Faulted { get; }

    /// <summary>Begins to record.</summary>
    void Begin();

    /// <summary>Changes the size of the terminal, if it is one.</summary>
    void Resize(TerminalSize size);

    /// <summary>Ends the recording, although somebody may still write; what was written before is recorded.</summary>
    void Abandon();
}
