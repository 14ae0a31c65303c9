using CcSignal.Load.Reporting.Model;

namespace CcSignal.Load.Tests.Reporting;

public sealed class JudgementTests
{
    [Fact]
    public void Checks_and_gates_that_hold_pass() => Reports.Of([Reports.Passed()], [Reports.Gate()]).Verdict.ShouldBe(Verdict.Pass);

    [Fact]
    public void A_failed_scenario_fails_the_run_and_says_what_was_observed()
    {
        var report = Reports.Of(Reports.Passed(), Reports.Failed());

        report.Verdict.ShouldBe(Verdict.Fail);
        report.Because.ShouldBe(["bad: bytes: expected 10, observed 9"]);
    }

    [Fact]
    public void A_broken_gate_fails_the_run() => Reports.Of([Reports.Passed()], [Reports.Gate(number: 50)]).Verdict.ShouldBe(Verdict.Fail);

    [Fact]
    public void Nothing_executed_is_invalid() => Reports.Of().Verdict.ShouldBe(Verdict.Invalid);

    [Fact]
    public void Only_skipped_is_invalid() => Reports.Of(Reports.With(Status.Skipped)).Verdict.ShouldBe(Verdict.Invalid);

    [Theory]
    [InlineData("Blocked")]
    [InlineData("Invalid")]
    public void What_showed_nothing_does_not_pass(string status) =>
        Reports.Of(Reports.Passed(), Reports.With(Enum.Parse<Status>(status))).Verdict.ShouldBe(Verdict.Invalid);

    [Fact]
    public void An_interrupted_run_is_invalid_whatever_it_saw() => Reports.Of([Reports.Failed()], [], "Ctrl+C").Verdict.ShouldBe(Verdict.Invalid);

    [Fact]
    public void A_gate_that_cannot_be_told_makes_the_run_invalid()
    {
        var report = Reports.Of([Reports.Passed()], [Reports.Gate(figure: "height")]);

        report.Verdict.ShouldBe(Verdict.Invalid);
        report.Because.Single().ShouldContain("height");
    }

    [Fact]
    public void A_slow_time_on_a_saturated_client_is_invalid_and_no_failure() => Reports.Of(
        [Reports.Passed() with { Saturated = "its timers came late" }], [Reports.Gate(number: 1000, isTime: true)]).Verdict.ShouldBe(Verdict.Invalid);

    [Fact]
    public void A_wrong_byte_is_wrong_on_a_saturated_client_too() =>
        Reports.Of([Reports.Failed() with { Saturated = "its timers came late" }], []).Verdict.ShouldBe(Verdict.Fail);

    [Fact]
    public void A_gate_on_a_scenario_that_did_not_run_is_no_gate_of_this_run() => Reports.Of([Reports.Passed()], [Reports.Gate("other")]).Gates.ShouldBeEmpty();
}
