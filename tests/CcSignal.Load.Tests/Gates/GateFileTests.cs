using CcSignal.Load.Gates;
using CcSignal.Load.Scenarios;
using CcSignal.TestKit;

namespace CcSignal.Load.Tests.Gates;

public sealed class GateFileTests
{
    [Fact]
    public void Every_gate_is_on_a_scenario_that_there_is()
    {
        var scenarios = Catalog.All.Select(scenario => scenario.Id);

        GateFile.Read(GateFile.BesideThisProgram).Select(gate => gate.Scenario).ShouldAllBe(scenario => scenarios.Contains(scenario));
    }

    [Theory]
    [InlineData("""[{ "id": "a", "promise": "p", "scenario": "s", "figure": "f", "is": "<", "number": 1, "unit": "" }]""", "<")]
    [InlineData("""[{ "id": "a", "promise": "p", "scenario": "s", "figure": "f", "is": "=", "number": 1, "unit": "" }, { "id": "a", "promise": "p", "scenario": "s", "figure": "f", "is": "=", "number": 1, "unit": "" }]""", "two gates")]
    public void A_gate_that_cannot_be_meant_is_refused(string text, string words)
    {
        using var folder = new TempDirectory();
        File.WriteAllText(folder["gates.json"], text);

        Should.Throw<InvalidDataException>(() => GateFile.Read(folder["gates.json"])).Message.ShouldContain(words);
    }
}
