namespace CcSignal.Client;

/// <summary>How much output <see cref="CcSignalClient.RunToEndAsync(Contracts.ExecutionRequest, CollectOptions?, CancellationToken)"/> keeps in memory.</summary>
public sealed record CollectOptions
{
    /// <summary>Bytes of both streams together. 64 MiB by default.</summary>
    public long MaxBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>
    /// What happens beyond <see cref="MaxBytes"/>: true: the rest is dropped and <see cref="ExecutionResult.Truncated"/> says so; false,
    /// the default: <see cref="OutputTooLargeException"/>.
    /// </summary>
    public bool Truncate { get; init; }
}
