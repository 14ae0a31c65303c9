namespace CcSignal.Execution.Processes;

/// <summary>A user as the kernel knows it.</summary>
/// <param name="UserId">The number.</param>
/// <param name="GroupId">Its own group.</param>
/// <param name="Groups">All of its groups.</param>
internal sealed record UserIdentity(uint UserId, uint GroupId, IReadOnlyList<uint> Groups);
