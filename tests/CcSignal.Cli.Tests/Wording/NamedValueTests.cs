using CcSignal.Cli.Wording;

namespace CcSignal.Cli.Tests.Wording;

public sealed class NamedValueTests
{
    [Fact]
    public void A_variable_is_set_as_said_or_handed_on_or_left_out()
    {
        var own = new Dictionary<string, string> { ["HERE"] = "mine" };

        var set = NamedValue.Environment(["A=1", "B=", "C=x=y", "HERE", "NOT_HERE", "A=2"], own.GetValueOrDefault);

        set.ShouldBe(new Dictionary<string, string> { ["A"] = "2", ["B"] = "", ["C"] = "x=y", ["HERE"] = "mine" }, ignoreOrder: true);
    }

    [Fact]
    public void A_label_without_a_value_has_an_empty_one() =>
        NamedValue.Tags(["team=core", "urgent"]).ShouldBe(new Dictionary<string, string> { ["team"] = "core", ["urgent"] = "" }, ignoreOrder: true);

    [Fact]
    public void Nothing_said_is_nothing_sent() => NamedValue.Tags([]).ShouldBeNull();
}
