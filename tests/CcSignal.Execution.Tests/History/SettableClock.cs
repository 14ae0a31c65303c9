namespace CcSignal.Execution.Tests.History;

/// <summary>A clock that stands where it was set; its timers never fire.</summary>
internal sealed class SettableClock(long unixMilliseconds) : TimeProvider
{
    public long Now { get; set; } = unixMilliseconds;

    public override long TimestampFrequency => 1000;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Now);

    public override long GetTimestamp() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new StandingTimer();

    private sealed class StandingTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
