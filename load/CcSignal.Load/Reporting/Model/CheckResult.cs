namespace CcSignal.Load.Reporting.Model;

/// <summary>What was expected and what was observed; of a check that was executed often, the first that failed, or else the last.</summary>
internal sealed record CheckResult(string Name, string Expected, string Observed, long Executed, long Failed)
{
    public bool Passed => Failed == 0;
}
