namespace CcSignal.Load.Reporting.Model;

/// <summary>Scenarios by status.</summary>
internal sealed record Counts(int Total, int Passed, int Failed, int Blocked, int Skipped, int Invalid)
{
    public static Counts Of(IReadOnlyCollection<ScenarioReport> scenarios)
    {
        return new(scenarios.Count, With(Status.Passed), With(Status.Failed), With(Status.Blocked), With(Status.Skipped), With(Status.Invalid));

        int With(Status status) => scenarios.Count(scenario => scenario.Status == status);
    }
}
