namespace CcSignal.Client;

/// <summary>
/// A command wrote more than <see cref="CollectOptions.MaxBytes"/>. It was not stopped and its output is recorded on the server: follow
/// it, or allow truncation.
/// </summary>
/// <param name="executionId">The execution.</param>
/// <param name="maxBytes">The bound.</param>
public sealed class OutputTooLargeException(string executionId, long maxBytes)
    : CcSignalException(
        $"Execution '{executionId}' wrote more than {maxBytes} bytes, the most that was to be collected. It goes on, and its output is "
        + $"recorded: read it with {nameof(CcSignalClient.FollowAsync)}, raise {nameof(CollectOptions)}.{nameof(CollectOptions.MaxBytes)}, "
        + $"or set {nameof(CollectOptions)}.{nameof(CollectOptions.Truncate)}.")
{
    /// <summary>The execution.</summary>
    public string ExecutionId { get; } = executionId;

    /// <summary>The bound that it passed.</summary>
    public long MaxBytes { get; } = maxBytes;
}
