namespace CcSignal.Contracts;

/// <summary>What a client asks the server to run. Only <see cref="Command"/> is needed; everything else has a default.</summary>
public sealed record ExecutionRequest
{
    /// <summary>
    /// A name for the execution, chosen by the client so that a repeated start has one effect: 1–64 of <c>A-Z a-z 0-9 _ -</c>.
    /// Null: the server makes a time-ordered one. The same id with another request is a <see cref="ErrorCodes.Conflict"/>.
    /// </summary>
    public string? Id { get; init; }

    /// <summary>The policy and defaults it runs under; null means <see cref="Defaults.Profile"/>.</summary>
    public string? Profile { get; init; }

    /// <summary>
    /// The executable. A bare name is searched in the profile's PATH only; a name with a slash is a path, a relative one below
    /// the working directory.
    /// </summary>
    public required string Command { get; init; }

    /// <summary>
    /// Passed to the command as they are; there is no shell. At most <see cref="Limits.MaxArguments"/>, each below
    /// <see cref="Limits.MaxArgumentBytes"/> bytes of UTF-8, together at most <see cref="Limits.MaxArgumentsBytes"/>; no NUL.
    /// </summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>An absolute directory inside the profile's roots, links resolved; null means the profile's.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables added to the profile's environment; only names that the profile allows.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>Standard input; <see cref="InputMode.Closed"/> means end of file at once.</summary>
    public InputMode Input { get; init; }

    /// <summary>Runs it on a pseudo-terminal of this size; everything then arrives as <see cref="OutputStream.Stdout"/>.</summary>
    public TerminalSize? Terminal { get; init; }

    /// <summary>Total running time in seconds, above 0; null means the profile's.</summary>
    public double? TimeoutSeconds { get; init; }

    /// <summary>Time without output in seconds, above 0; null means the profile's.</summary>
    public double? IdleTimeoutSeconds { get; init; }

    /// <summary>Time in the queue in seconds, above 0; null means the profile's.</summary>
    public double? QueueTimeoutSeconds { get; init; }

    /// <summary>Patience between the polite and the forced stop in seconds, 0 or more; null means the profile's.</summary>
    public double? StopGraceSeconds { get; init; }

    /// <summary>Recorded bytes of both streams together, 1 or more; one byte more ends the execution with <see cref="EndCause.OutputLimit"/>.</summary>
    public long? MaxOutputBytes { get; init; }

    /// <summary>Stops the execution when nobody has followed it for so many seconds; null means never.</summary>
    public double? AbandonAfterSeconds { get; init; }

    /// <summary>-10 … 10; higher starts first.</summary>
    public int Priority { get; init; }

    /// <summary>Executions of one owner that share this key run one after another, in order of start. 1–128 characters.</summary>
    public string? ExclusiveKey { get; init; }

    /// <summary>When to run it again after a failure; null means the profile's.</summary>
    public RetryPolicy? Retry { get; init; }

    /// <summary>Limits of the whole process tree; null means the profile's.</summary>
    public ResourceLimits? Limits { get; init; }

    /// <summary>Free labels, searchable: at most 16, a name of 1–64 characters, a value of at most 256.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}
