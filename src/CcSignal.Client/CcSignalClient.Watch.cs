using CcSignal.Client.Streaming;
using CcSignal.Contracts;

namespace CcSignal.Client;

// How a caller sees what happens to all executions. The rest of the class starts, follows and finds them, and has the documentation.
public sealed partial class CcSignalClient
{
    /// <summary>
    /// What there is and what happens to it: first the executions that match and have not ended, and the newest that have, then each one whenever it is
    /// new or changes. One that was told and does not match any more is told once more. After an interruption everything that happened meanwhile to
    /// those that were told comes, and what started and ended meanwhile, then what there is once more.
    /// </summary>
    /// <param name="query">Which; null: all. Its <see cref="ExecutionQuery.Limit"/> is how many that have ended come at first.</param>
    /// <param name="cancellationToken">Ends the watching.</param>
    /// <returns>The executions as they are at that moment; it does not end by itself.</returns>
    /// <exception cref="CallRefusedException">The query is wrong; or <c>unavailable</c>: the caller took so slowly that some are not known any more.</exception>
    /// <exception cref="ConnectionLostException">The connection was lost and did not come back.</exception>
    /// <example>
    /// <code>
    /// await foreach (var execution in client.WatchAsync(new() { Tag = "team=core" }))
    /// {
    ///     Console.WriteLine($"{execution.Id} {execution.State} {execution.StdoutBytes}");
    /// }
    /// </code>
    /// </example>
    public IAsyncEnumerable<ExecutionInfo> WatchAsync(ExecutionQuery? query = null, CancellationToken cancellationToken = default) =>
        WatchStream.ReadAsync(_link, query ?? new(), cancellationToken);
}
