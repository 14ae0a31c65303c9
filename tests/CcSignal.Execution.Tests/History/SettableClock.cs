namespace CcSignal.Execution.Tests.History;

/// <summary>A wall clock that stands where it was set.</summary>
internal sealed class SettableClock(long unixMilliseconds) : TimeProvider
{
    public long Now { get; set; } = unixMilliseconds;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Now);
}
