namespace CcSignal.Load.Engine.Tests;

/// <summary>The machine's time, which a test can move forward: a second that a slow program would need passes at once.</summary>
internal sealed class MovableTime : TimeProvider
{
    private long _ahead;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => System.GetElapsedTime(0).Ticks + Interlocked.Read(ref _ahead);
}
