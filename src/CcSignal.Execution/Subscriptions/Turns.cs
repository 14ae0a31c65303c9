using System.Diagnostics.CodeAnalysis;

namespace CcSignal.Execution.Subscriptions;

/// <summary>
/// The streams of one connection take turns: one chunk, then the next in line, first come first served. So no more than one chunk stands before the answer to
/// a call, however many streams there are, and one that has much to send does not hold up one that has little.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Without a wait handle there is nothing to give back, and a stream may end after its connection.")]
internal sealed class Turns
{
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Joins the line. The turn has come when the task completes, and lasts until <see cref="Pass"/>, which is due in any case.</summary>
    public Task TakeAsync(CancellationToken cancellationToken) => _one.WaitAsync(cancellationToken);

    /// <summary>Lets the next one have this turn: now, or, of one who leaves the line, when it comes.</summary>
    public void Pass(Task turn)
    {
        if (turn.IsCompletedSuccessfully)
        {
            _one.Release();
        }
        else
        {
            turn.ContinueWith(_ => _one.Release(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        }
    }
}
