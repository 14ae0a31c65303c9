using CcSignal.Execution.History;
using CcSignal.Execution.Processes.Linux.Native;
using CcSignal.Execution.Processes.Linux.Streams;
using CcSignal.Keeper.Wire;

namespace CcSignal.Execution.Processes.Linux.Keeping;

/// <summary>What there is of an execution that an earlier server started. Whoever takes it owns the descriptors.</summary>
/// <param name="ProcessId">Its process; 0: the earlier server died before it said which.</param>
/// <param name="StartedAt">When it started, Unix milliseconds; 0: not known.</param>
/// <param name="Status">How the process ended; null: it lives, or nobody knows.</param>
/// <param name="Descriptors">Its streams; null: nobody held them.</param>
internal sealed record HeldProcess(int ProcessId, long StartedAt, ExitStatus? Status, CommandDescriptors? Descriptors)
{
    /// <summary>One that nobody held.</summary>
    /// <param name="known">As the history knows it.</param>
    public static HeldProcess ByNobody(ProcessIdentity known) => new(ProcessTable.Has(known) ? known.ProcessId : 0, 0, null, null);

    /// <summary>Names the process; one that nobody knows gets a name that no process has.</summary>
    public ProcessIdentity Identify() => ProcessTable.Identify(ProcessId > 0 ? ProcessId : ProcessTable.NoProcess);

    /// <summary>Closes its streams, where nobody goes on with them.</summary>
    public void Close()
    {
        foreach (var held in Descriptors?.ToHold() ?? [])
        {
            Libc.Check(Libc.close(held.Descriptor), "close");
        }
    }
}
