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

    /// <summary>Waits for a turn. It lasts until <see cref="Pass"/>.</summary>
    public Task TakeAsync(CancellationToken cancellationToken) => _one.WaitAsync(cancellationToken);

    /// <summary>Lets the next one have its turn.</summary>
    public void Pass() => _one.Release();
}
