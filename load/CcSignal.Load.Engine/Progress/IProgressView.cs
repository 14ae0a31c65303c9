namespace CcSignal.Load.Engine.Progress;

/// <summary>Where progress is shown: a live table, or a line from time to time.</summary>
internal interface IProgressView
{
    /// <summary>How often it wants to be told.</summary>
    TimeSpan Interval { get; }

    /// <summary>Shows how far it has come.</summary>
    void Show(IReadOnlyList<ProgressLine> lines);

    /// <summary>Lets go of the console.</summary>
    void End();
}
