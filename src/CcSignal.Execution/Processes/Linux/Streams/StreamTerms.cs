using CcSignal.Execution.Journal;

namespace CcSignal.Execution.Processes.Linux.Streams;

/// <summary>What becomes of a command's standard streams.</summary>
/// <param name="Journal">Where its output goes.</param>
/// <param name="MaxOutputBytes">Both output streams together; null: no limit.</param>
/// <param name="DiskPatience">How a full disk is waited for.</param>
/// <param name="InputClosed">To be called when our end of its input is closed; null: nobody wants to know.</param>
internal sealed record StreamTerms(JournalWriter Journal, long? MaxOutputBytes, DiskPatience DiskPatience, Action? InputClosed);
