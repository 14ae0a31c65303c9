using CcSignal.Load.CommandLine;
using CcSignal.Load.Scenarios;

namespace CcSignal.Load.Tests.CommandLine;

public sealed class ChoiceTests
{
    [Fact]
    public void Every_profile_names_scenarios_that_there_are()
    {
        foreach (var profile in Profile.All)
        {
            Choice.Of(new RunOptions { What = [profile.Name] }).Scenarios.Select(scenario => scenario.Id).ShouldBe(profile.Scenarios);
        }
    }

    [Fact]
    public void Every_scenario_has_a_card_of_its_own()
    {
        Catalog.All.Select(scenario => scenario.Id).ShouldBeUnique();
        Catalog.All.ShouldAllBe(scenario => scenario.Title.Length > 0 && scenario.Purpose.EndsWith('.'));
    }

    [Fact]
    public void Scenarios_are_run_by_name_once_each() =>
        Choice.Of(new RunOptions { What = ["starts", "pause", "starts"] }).Scenarios.Select(scenario => scenario.Id).ShouldBe(["starts", "pause"]);

    [Fact]
    public void Something_that_is_neither_profile_nor_scenario_is_bad_input() =>
        Should.Throw<BadInputException>(() => Choice.Of(new RunOptions { What = ["smoke", "nonsense"] })).Message.ShouldContain("'smoke'");

    [Fact]
    public void A_scale_is_multiplied_with_that_of_the_profile() => Choice.Of(new RunOptions { What = ["smoke"], Scale = 2 }).Options.Scale.ShouldBe(0.2);
}
