using CcSignal.Load.Reporting.Model;

namespace CcSignal.Load.Findings;

/// <summary>A check that may be executed often: the first that failed is kept, or else the last.</summary>
internal sealed class CheckTally(string name)
{
    private string _expected = "";
    private string _observed = "";
    private long _executed;
    private long _failed;

    public void Add(string expected, string observed, bool held)
    {
        _executed++;
        if (_failed == 0)
        {
            (_expected, _observed) = (expected, observed);
        }

        _failed += held ? 0 : 1;
    }

    public CheckResult Result() => new(name, _expected, _observed, _executed, _failed);
}
