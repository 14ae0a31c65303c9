namespace CcSignal.Load.Measuring;

/// <summary>Statistics of a run that can say more than NBomber's words. Who finds this on the statistics of an engine reports it; who does not, says so.</summary>
public interface IMeasuredRun
{
    /// <summary>Each scenario.</summary>
    IReadOnlyList<MeasuredScenario> Measured { get; }
}
