using System.Runtime.CompilerServices;

namespace CcSignal.TestKit;

/// <summary>Waits for a fact that sends no event (a process that is gone, a file that grew). The wait ends with the fact, not with the time.</summary>
public static class Eventually
{
    /// <summary>How long a fact may take on a loaded machine before its absence is the answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Returns when <paramref name="fact"/> holds; fails naming it when it does not within <paramref name="patience"/>.</summary>
    public static Task Holds(
        Func<bool> fact,
        TimeSpan? patience = null,
        CancellationToken cancellationToken = default,
        [CallerArgumentExpression(nameof(fact))] string what = "") =>
        Is(() => fact() ? "yes" : null, patience, cancellationToken, what);

    /// <summary>The same of a fact that must be asked for.</summary>
    public static async Task HoldsAsync(Func<Task<bool>> fact, string what, CancellationToken cancellationToken = default)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await fact())
        {
            if (TimeProvider.System.GetElapsedTime(start) > Patience)
                throw new TimeoutException($"Not within {Patience.TotalSeconds:0.#} s: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Returns the first value of <paramref name="look"/> that is not null; fails naming it when there is none in time.</summary>
    public static async Task<T> Is<T>(
        Func<T?> look,
        TimeSpan? patience = null,
        CancellationToken cancellationToken = default,
        [CallerArgumentExpression(nameof(look))] string what = "")
        where T : class
    {
        var limit = patience ?? Patience;
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (look() is { } value)
                return value;
            if (TimeProvider.System.GetElapsedTime(start) > limit)
                throw new TimeoutException($"Not within {limit.TotalSeconds:0.#} s: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
        }
    }
}
