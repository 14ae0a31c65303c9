namespace CcSignal.Execution.History;

/// <summary>What became of an end.</summary>
internal enum EndOutcome
{
    /// <summary>It is recorded: the one end of this execution.</summary>
    Ended,

    /// <summary>The same owner had ended it before; what was recorded then stands.</summary>
    AlreadyEnded,

    /// <summary>The token is not the owner's any more, or the execution is unknown: nothing was changed.</summary>
    Fenced,
}
