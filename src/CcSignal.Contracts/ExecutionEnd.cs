namespace CcSignal.Contracts;

/// <summary>The one honest end of an execution.</summary>
public sealed record ExecutionEnd
{
    /// <summary>Why it ended.</summary>
    public required EndCause Cause { get; init; }

    /// <summary>The exit code as the command returned it; 0 is the only success. Null where there is none or nobody can know it.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The signal that ended it, e.g. <c>SIGKILL</c> (signal(7)).</summary>
    public string? Signal { get; init; }

    /// <summary>Who cancelled it.</summary>
    public string? By { get; init; }

    /// <summary>What exactly: one of <see cref="EndCodes"/>, or an agent's failure code.</summary>
    public string? Code { get; init; }

    /// <summary>A sentence for people.</summary>
    public string? Message { get; init; }

    /// <summary>The place in the recording that shows why.</summary>
    public Evidence? Evidence { get; init; }

    /// <summary>Whether the same request may well succeed later.</summary>
    public bool Retryable { get; init; }
}
