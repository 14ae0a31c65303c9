namespace CcSignal.Execution.History;

/// <summary>How much has ended and is kept, of one profile or of several.</summary>
/// <param name="Executions">How many.</param>
/// <param name="Bytes">Bytes of their recordings, output and index.</param>
internal readonly record struct EndedTotals(long Executions, long Bytes)
{
    public static EndedTotals operator +(EndedTotals one, EndedTotals other) => new(one.Executions + other.Executions, one.Bytes + other.Bytes);

    public static EndedTotals operator -(EndedTotals one, EndedTotals other) => new(one.Executions - other.Executions, one.Bytes - other.Bytes);
}
