namespace CcSignal.Execution.History;

/// <summary>An execution that may be forgotten, or its recording compressed.</summary>
/// <param name="Number">Its key.</param>
/// <param name="EndedAt">When it ended, Unix milliseconds.</param>
/// <param name="Bytes">Bytes of its recording.</param>
internal sealed record EndedExecution(long Number, long EndedAt, long Bytes);
