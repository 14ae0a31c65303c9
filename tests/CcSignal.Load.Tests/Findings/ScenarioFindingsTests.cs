using CcSignal.Load.Findings;

namespace CcSignal.Load.Tests.Findings;

public sealed class ScenarioFindingsTests
{
    private readonly ScenarioFindings _findings = new(() => 1);

    [Fact]
    public void A_check_that_is_executed_often_keeps_the_first_that_failed()
    {
        foreach (var observed in (int[])[1, 1, 7, 8, 1])
        {
            _findings.Expect("count", 1, observed);
        }

        var check = _findings.Checks.Single();
        check.ShouldBe(new("count", "1", "7", 5, 2));
        _findings.Failures.Single().Count.ShouldBe(2);
    }

    [Fact]
    public void A_check_that_holds_is_no_failure()
    {
        _findings.Expect("text", "same", "same").ShouldBeTrue();

        _findings.Failures.ShouldBeEmpty();
    }
}
