namespace CcSignal.Execution.History.Sqlite;

/// <summary>The columns that a page shows.</summary>
internal sealed record PageRow(long Number, string Info, string State, int Attempt, long? StartedAt, int? ProcessId);
