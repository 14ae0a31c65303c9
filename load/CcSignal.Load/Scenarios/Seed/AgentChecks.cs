using CcSignal.Contracts;
using CcSignal.Load.Findings;
using CcSignal.Load.Observing;
using CcSignal.Load.Reporting.Model;

namespace CcSignal.Load.Scenarios.Seed;

/// <summary>What must hold of every run of an agent that goes well, and what its own words say where it does not.</summary>
internal static class AgentChecks
{
    // Causes by what was observed, never by words in an answer (facts of the real CLIs; the evidence is printed beside them).
    private static readonly (string Pattern, string Cause)[] Known =
    [
        ("Error: When using --print", "invalid arguments"),
        ("error: unknown option", "invalid arguments"),
        ("Input must be provided", "invalid arguments"),
        ("Not logged in", "no credentials"),
        ("Invalid API key", "credentials that were refused"),
    ];

    public static AgentRun Whole(this ScenarioFindings findings, AgentRun run)
    {
        var seen = findings.Saw(run.Observation);
        findings.Expect("end", "exited 0", EndOf(seen), seen);
        if (seen.End is { ExitCode: not 0 })
        {
            findings.Fail("agent_failed", $"the agent ended with {EndOf(seen)}", seen, CauseOf(seen));
        }

        return run;
    }

    public static string EndOf(Observation seen) => seen.End switch
    {
        null => "no end",
        { Cause: EndCause.Exited } end => $"exited {end.ExitCode}",
        { Cause: EndCause.Signaled } end => $"signaled {end.Signal}",
        { Cause: EndCause.StartFailed } end => $"startFailed {end.Code}",
        var end => end.Cause.ToString(),
    };

    public static Inference? CauseOf(Observation seen)
    {
        var error = System.Text.Encoding.UTF8.GetString(seen.StderrHead);
        var output = System.Text.Encoding.UTF8.GetString(seen.StdoutHead);
        return Known.Select(known => error.Contains(known.Pattern, StringComparison.Ordinal) ? new Inference(known.Cause, $"standard error says '{error.Trim()}'")
                : seen.StdoutBytes < 100 && output.Contains(known.Pattern, StringComparison.Ordinal) ? new Inference(known.Cause, $"standard output says only '{output.Trim()}'")
                : null)
            .FirstOrDefault(inference => inference is not null);
    }
}
