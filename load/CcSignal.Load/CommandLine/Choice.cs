using CcSignal.Load.Scenarios;

namespace CcSignal.Load.CommandLine;

/// <summary>Finds what is to run: one profile, or scenarios by name.</summary>
internal static class Choice
{
    /// <exception cref="BadInputException">There is no such profile or scenario.</exception>
    public static (string Name, IReadOnlyList<LoadScenario> Scenarios, RunOptions Options) Of(RunOptions asked)
    {
        if (asked.What is [var name] && Profile.All.FirstOrDefault(profile => profile.Name == name) is { } profile)
        {
            return (profile.Name, [.. profile.Scenarios.Select(Find)], asked with
            {
                Scale = asked.Scale * profile.Scale,
                Duration = asked.Duration ?? profile.Duration,
            });
        }

        return asked.What.FirstOrDefault(word => Profile.All.Any(known => known.Name == word)) is { } mixed
            ? throw new BadInputException($"'{mixed}' is a profile: it is run alone, or scenarios by their names.")
            : (string.Join(' ', asked.What), [.. asked.What.Distinct(StringComparer.Ordinal).Select(Find)], asked);
    }

    private static LoadScenario Find(string id) => Catalog.All.FirstOrDefault(scenario => scenario.Id == id) ?? throw new BadInputException(
        $"There is no profile or scenario '{id}'. Profiles: {string.Join(", ", Profile.All.Select(profile => profile.Name))}. Scenarios: {string.Join(", ", Catalog.All.Select(scenario => scenario.Id))}.");
}
