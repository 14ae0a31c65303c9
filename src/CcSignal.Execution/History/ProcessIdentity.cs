namespace CcSignal.Execution.History;

/// <summary>Names a process beyond doubt: ids are used again, but not with the same start within one boot.</summary>
/// <param name="ProcessId">As its node numbers it.</param>
/// <param name="StartTicks">Clock ticks between boot and its start (field 22 of <c>/proc/pid/stat</c>, proc(5)).</param>
/// <param name="BootId">Which boot (<c>/proc/sys/kernel/random/boot_id</c>, random(4)).</param>
internal sealed record ProcessIdentity(int ProcessId, long StartTicks, string BootId);
