using CcSignal.Load.Findings;
using CcSignal.Load.Runs;

namespace CcSignal.Load.Scenarios;

/// <summary>A scenario by its card: what it is called, what it shows, and how it is described to the engine.</summary>
/// <param name="Id">Unique, as it is named on the command line.</param>
/// <param name="Title">For people.</param>
/// <param name="Purpose">One line: what it must prove.</param>
/// <param name="Describe">Describes it in the engine's words.</param>
internal sealed record LoadScenario(string Id, string Title, string Purpose, Func<Bench, ScenarioFindings, ScenarioProps> Describe)
{
    /// <summary>Looks whether it can be run here: what is missing, or null.</summary>
    public Func<Bench, Obstacle?> Obstacle { get; init; } = _ => null;

    /// <summary>The id of a scenario without whose success this one says nothing.</summary>
    public string? After { get; init; }
}
