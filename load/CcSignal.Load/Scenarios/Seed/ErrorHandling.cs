using CcSignal.Contracts;
using CcSignal.Load.Findings;
using CcSignal.Load.Runs;

namespace CcSignal.Load.Scenarios.Seed;

/// <summary>Every way to end is told apart; with a dead server this fails, it does not pass.</summary>
internal static class ErrorHandling
{
    private const string Id = "error-handling";

    public static LoadScenario Card { get; } = new(
        Id, "Error handling", "What cannot start, ends with a code, or dies by a signal is told apart, each with its own words.",
        (bench, findings) => Iteration.Once(Id, bench, findings, cancellationToken => RunAsync(bench, findings, cancellationToken)));

    private static IReadOnlyList<(string Name, ExecutionRequest Request, string End)> Cases =>
    [
        ("a command that is not there", Bench.Request("/no/such/command"), "startFailed not_found"),
        ("a bare name that is not there", Bench.Request("no-such-command-anywhere"), "startFailed not_found"),
        ("a file that is no program", Bench.Request("/etc/passwd"), "startFailed not_executable"),
        ("a directory that is not there", Bench.ChildRequest("exit", "0") with { WorkingDirectory = "/no/such/directory" }, "startFailed bad_directory"),
        ("success", Bench.ChildRequest("exit", "0"), "exited 0"),
        ("exit code 1", Bench.ChildRequest("exit", "1"), "exited 1"),
        ("exit code 127", Bench.ChildRequest("exit", "127"), "exited 127"),
        ("exit code 143, which is no signal", Bench.ChildRequest("exit", "143"), "exited 143"),
        ("exit code 255", Bench.ChildRequest("exit", "255"), "exited 255"),
        ("a crash", Bench.ChildRequest("die-by", "SIGSEGV"), "signaled SIGSEGV"),
        ("a kill by somebody else", Bench.ChildRequest("die-by", "SIGKILL"), "signaled SIGKILL"),
        ("its own SIGTERM", Bench.ChildRequest("die-by", "SIGTERM"), "signaled SIGTERM"),
    ];

    private static async Task RunAsync(Bench bench, ScenarioFindings findings, CancellationToken cancellationToken)
    {
        await using var client = await bench.ConnectAsync(cancellationToken);
        foreach (var (name, request, end) in Cases)
        {
            var seen = findings.Saw(await client.RunAsync(request, cancellationToken));
            findings.Expect(name, end, AgentChecks.EndOf(seen), seen);
        }
    }
}
