namespace CcSignal.Load.Reporting.Model;

/// <summary>What came of a gate.</summary>
internal enum GateState
{
    /// <summary>The promise was kept.</summary>
    Held,

    /// <summary>It was not.</summary>
    Broken,

    /// <summary>It could not be told.</summary>
    NotEvaluated,
}
