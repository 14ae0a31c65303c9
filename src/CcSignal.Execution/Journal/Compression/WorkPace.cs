namespace CcSignal.Execution.Journal.Compression;

/// <summary>Keeps work in the background to a quarter of one processor: after each piece it rests three times as long as that took.</summary>
internal sealed class WorkPace(TimeProvider time)
{
    private const int Rests = 3;

    // Shorter pieces of work are put together: a timer counts milliseconds.
    private static readonly TimeSpan Piece = TimeSpan.FromMilliseconds(10);

    private long _began = time.GetTimestamp();

    /// <summary>Begins a piece of work.</summary>
    public void Begin() => _began = time.GetTimestamp();

    /// <summary>Rests, if a piece of work is done.</summary>
    public async ValueTask RestAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var worked = time.GetElapsedTime(_began);
        if (worked >= Piece)
        {
            await Task.Delay(worked * Rests, time, cancellationToken);
            Begin();
        }
    }
}
