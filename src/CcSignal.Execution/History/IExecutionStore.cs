using CcSignal.Contracts;

namespace CcSignal.Execution.History;

/// <summary>
/// What happened and what waits. Every write is durable (<see cref="HistoryOptions.Durability"/>) when its task completes; the rules of the
/// queue are applied here, in one transaction each, so that several nodes can share one store.
/// </summary>
internal interface IExecutionStore : IAsyncDisposable
{
    /// <summary>Where numbers come from; higher than every number in the store.</summary>
    NumberSource Numbers { get; }

    /// <summary>Begins a new epoch of this node, hands over what earlier ones left, and voids their tokens. Called once, before anything is claimed.</summary>
    Task<Reconciliation> ReconcileAsync();

    /// <summary>Records an execution and its place in the queue. Safe to repeat.</summary>
    Task<StartOutcome> StartAsync(NewExecution execution);

    /// <summary>
    /// Takes from the queue what there are free places for: higher priority first, then the owners in turns, of each the first that was started; one with an
    /// exclusive key only when no other of its owner with that key is active or started before it and waits. What waits long rises in priority.
    /// </summary>
    /// <param name="maxRunning">Places of this node.</param>
    Task<IReadOnlyList<ClaimedExecution>> ClaimAsync(int maxRunning);

    /// <summary>Records the process of a claimed execution.</summary>
    /// <returns>False: the token is not the owner's any more, and the process must go.</returns>
    Task<bool> StartedAsync(long number, long token, ProcessIdentity process, long startedAt);

    /// <summary>Records that a running execution is paused, or runs again.</summary>
    /// <returns>False: the token is not the owner's any more, or it has ended.</returns>
    Task<bool> PausedAsync(long number, long token, bool paused);

    /// <summary>Records the one end of a claimed execution. Safe to repeat.</summary>
    /// <param name="number">Its key.</param>
    /// <param name="token">The proof of ownership.</param>
    /// <param name="final">Everything known of it, with <see cref="ExecutionInfo.End"/>.</param>
    Task<EndOutcome> EndAsync(long number, long token, ExecutionInfo final);

    /// <summary>Ends an execution that still waits: cancelled, too long in the queue, or refused.</summary>
    /// <returns>False: it does not wait any more; a claim or another end was first.</returns>
    Task<bool> EndQueuedAsync(long number, ExecutionInfo final);

    /// <summary>One execution, or null.</summary>
    Task<StoredExecution?> GetAsync(string id, CancellationToken cancellationToken);

    /// <inheritdoc cref="GetAsync(string, CancellationToken)"/>
    Task<StoredExecution?> GetAsync(long number, CancellationToken cancellationToken);

    /// <summary>A page, newest first. New arrivals never shift it: nothing is skipped, nothing comes twice.</summary>
    /// <param name="query">As a client sent it.</param>
    /// <param name="onlyOwner">The only owner whose executions may be seen, whatever the query says; null: every one.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="RefusedException">A field of the query is wrong.</exception>
    Task<ExecutionPage> ListAsync(ExecutionQuery query, string? onlyOwner, CancellationToken cancellationToken);

    /// <summary>Those that ended, of a profile or of all, in the order in which they were accepted.</summary>
    /// <param name="profile">Whose; null: of all.</param>
    /// <param name="after">Only numbers above.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyList<EndedExecution>> OldestEndedAsync(string? profile, long after, int count, CancellationToken cancellationToken);

    /// <summary>How many have ended and are kept, of a profile or of all, with the bytes of their recordings.</summary>
    Task<EndedTotals> EndedTotalsAsync(string? profile, CancellationToken cancellationToken);

    /// <summary>Those that ended before a time, whose recordings have 16 KiB or more and were not tried to compress, by their ends.</summary>
    /// <param name="after">Only those behind this one; null: from the first.</param>
    /// <param name="endedBefore">Unix milliseconds.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyList<EndedExecution>> CompressibleAsync(EndedExecution? after, long endedBefore, int count, CancellationToken cancellationToken);

    /// <summary>Records that the recording of an ended execution was tried to compress, and what it has on the disk now.</summary>
    Task CompressedAsync(long number, long bytes);

    /// <summary>Those of these numbers that are known.</summary>
    Task<IReadOnlyList<long>> KnownAsync(IReadOnlyList<long> numbers, CancellationToken cancellationToken);

    /// <summary>Whether there is any execution of this day (UTC).</summary>
    Task<bool> HasDayAsync(DateTimeOffset day, CancellationToken cancellationToken);

    /// <summary>Forgets these executions as if they had never been; those that have not ended stay.</summary>
    Task RemoveAsync(IReadOnlyList<long> numbers);

    /// <summary>Gives some of the space of what was forgotten back to the disk; a short write.</summary>
    /// <returns>False: there is no more than what new executions will soon use.</returns>
    Task<bool> CompactAsync();

    /// <summary>The place of a waiting execution, from 1; null when it does not wait.</summary>
    Task<int?> PositionAsync(long number, CancellationToken cancellationToken);

    /// <summary>All that wait, in the order in which they will be taken.</summary>
    Task<IReadOnlyList<long>> OrderAsync(CancellationToken cancellationToken);

    /// <summary>How full this node is.</summary>
    Task<StoreCounts> CountAsync(CancellationToken cancellationToken);
}
