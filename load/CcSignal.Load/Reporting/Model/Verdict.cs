namespace CcSignal.Load.Reporting.Model;

/// <summary>What a run shows.</summary>
internal enum Verdict
{
    /// <summary>Every scenario passed and every gate held.</summary>
    Pass,

    /// <summary>A check failed or a gate did not hold.</summary>
    Fail,

    /// <summary>Nothing can be said: something was not measured, or not so that it could be trusted.</summary>
    Invalid,
}
