namespace CcSignal.Execution.History.Model;

/// <summary>Rows that lists walk through by number.</summary>
internal interface INumbered
{
    /// <summary>The execution's <see cref="ExecutionNumber"/>.</summary>
    long Number { get; }
}
