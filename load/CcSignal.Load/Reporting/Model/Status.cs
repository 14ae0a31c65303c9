namespace CcSignal.Load.Reporting.Model;

/// <summary>How a scenario went.</summary>
internal enum Status
{
    /// <summary>Checks were executed, and all of them held.</summary>
    Passed,

    /// <summary>Something was observed that must not be.</summary>
    Failed,

    /// <summary>A precondition was not met, which is another scenario's failure.</summary>
    Blocked,

    /// <summary>What it needs is not on this machine.</summary>
    Skipped,

    /// <summary>It was stopped, or nothing was checked.</summary>
    Invalid,
}
