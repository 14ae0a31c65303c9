using CcSignal.Execution.Journal;

namespace CcSignal.Execution.Processes.Linux;

/// <summary>The standard streams of a running command, and what becomes of them.</summary>
/// <param name="Descriptors">Our ends; owned by whoever runs the command.</param>
/// <param name="Journal">Where its output goes.</param>
/// <param name="MaxOutputBytes">Both output streams together; null: no limit.</param>
/// <param name="DiskPatience">How a full disk is waited for.</param>
/// <param name="InputClosed">To be called when our end of its input is closed; null: nobody wants to know.</param>
internal sealed record ProcessStreams(
    CommandDescriptors Descriptors, JournalWriter Journal, long? MaxOutputBytes, DiskPatience DiskPatience, Action? InputClosed);
