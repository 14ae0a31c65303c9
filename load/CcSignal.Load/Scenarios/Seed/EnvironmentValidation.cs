using System.Text.Json;
using CcSignal.Load.Findings;
using CcSignal.Load.Observing;
using CcSignal.Load.Runs;

namespace CcSignal.Load.Scenarios.Seed;

/// <summary>A command begins exactly as its profile says, with nothing of the server's.</summary>
internal static class EnvironmentValidation
{
    private const string Id = "environment";
    private const string Variable = "LOAD_SAYS";
    private const string Value = "value = with 'signs' and ünïcode";

    // What the shipped profile hands on (appsettings.json), where the server's own environment has it.
    private static readonly string[] Passed =
        ["HOME", "USER", "LOGNAME", "SHELL", "LANG", "LC_ALL", "TZ", "TMPDIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"];

    public static LoadScenario Card { get; } = new(
        Id, "Environment", "Environment, directory, descriptors, signals and session of a command are what the profile and the request say, and nothing else.",
        (bench, findings) => Iteration.Once(Id, bench, findings, cancellationToken => RunAsync(bench, findings, cancellationToken)))
    { Obstacle = _ => Scenarios.Obstacle.NeedsLinux };

    private static async Task RunAsync(Bench bench, ScenarioFindings findings, CancellationToken cancellationToken)
    {
        await using var client = await bench.ConnectAsync(cancellationToken);
        var request = Bench.ChildRequest("report", "an argument", "", "*") with { Environment = new Dictionary<string, string> { [Variable] = Value } };
        var seen = findings.Saw(await client.RunAsync(request, cancellationToken, keepOutput: true));
        findings.Expect("end", "exited 0", AgentChecks.EndOf(seen), seen);
        using var report = JsonDocument.Parse(seen.Stdout);
        Variables(bench, findings, report.RootElement.GetProperty("environment"), seen);
        findings.Expect("arguments", "[\"an argument\",\"\",\"*\"]", report.RootElement.GetProperty("arguments").GetRawText(), seen);
        findings.Expect("directory", seen.Info!.WorkingDirectory, report.RootElement.GetProperty("directory").GetString(), seen);
        findings.Expect("session and group are its own", Same(seen.Info.ProcessId), $"{report.RootElement.GetProperty("sessionId")} {report.RootElement.GetProperty("groupId")}", seen);
        await KernelAsync(findings, client, cancellationToken);
    }

    private static void Variables(Bench bench, ScenarioFindings findings, JsonElement environment, Observation seen)
    {
        findings.Expect($"{Variable} of the request", Value, environment.TryGetProperty(Variable, out var value) ? value.GetString() : null, seen);
        findings.Expect("the server's token", "not there", environment.TryGetProperty("CCSIGNAL_TOKEN", out _) ? "there" : "not there", seen);
        if (bench.Own is not null)
        {
            string[] names = ["CCSIGNAL_EXECUTION", "DOTNET_ROOT", Variable, "PATH", .. Passed.Where(name => Environment.GetEnvironmentVariable(name) is not null)];
            findings.Expect("names of all variables", Sorted(names), Sorted(environment.EnumerateObject().Select(variable => variable.Name)), seen);
        }
    }

    // By /bin/cat and /bin/ls: the .NET runtime of the child program ignores SIGPIPE and opens descriptors of its own.
    private static async Task KernelAsync(ScenarioFindings findings, BenchClient client, CancellationToken cancellationToken)
    {
        var status = findings.Saw(await client.RunAsync(Bench.Request("/bin/cat", "/proc/self/status"), cancellationToken, keepOutput: true));
        var lines = Text(status).Split('\n').Select(line => line.Split(":\t", 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        findings.Expect("blocked signals", "0000000000000000", lines.GetValueOrDefault("SigBlk"), status);
        findings.Expect("ignored signals", "0000000000000000", lines.GetValueOrDefault("SigIgn"), status);
        var descriptors = findings.Saw(await client.RunAsync(Bench.Request("/bin/ls", "/proc/self/fd"), cancellationToken, keepOutput: true));
        findings.Expect("open descriptors, and that of ls itself", "0 1 2 3", Text(descriptors).Trim().ReplaceLineEndings(" "), descriptors);
    }

    private static string Text(Observation seen) => System.Text.Encoding.UTF8.GetString(seen.Stdout);

    private static string Sorted(IEnumerable<string> names) => string.Join(' ', names.Order(StringComparer.Ordinal));

    private static string Same(int? processId) => $"{processId} {processId}";
}
