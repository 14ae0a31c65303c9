using CcSignal.Load.Engine.Progress;

namespace CcSignal.Load.Engine.Tests;

/// <summary>Shows nothing.</summary>
internal sealed class QuietView : IProgressView
{
    public TimeSpan Interval { get; } = TimeSpan.FromHours(1);

    public void Show(IReadOnlyList<ProgressLine> lines)
    {
    }

    public void End()
    {
    }
}
