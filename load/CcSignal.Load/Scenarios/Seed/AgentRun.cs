using System.Text;
using System.Text.Json;
using CcSignal.Contracts;
using CcSignal.Load.Observing;
using CcSignal.Load.Runs;

namespace CcSignal.Load.Scenarios.Seed;

/// <summary>One run of the agent in stream-json: its events, and the answer of its result event.</summary>
internal sealed record AgentRun(Observation Observation, IReadOnlyList<string> Lines, IReadOnlyList<JsonElement> Events)
{
    /// <summary>The result events.</summary>
    public IReadOnlyList<JsonElement> Results => [.. Events.Where(item => TypeOf(item) == "result")];

    /// <summary>The text of the only result event; null: there is none, or more than one.</summary>
    public string? Answer => Results is [var result] && result.TryGetProperty("result", out var text) ? text.GetString() : null;

    public static ExecutionRequest Request(Bench bench, string prompt, params string[] options) => bench.Agent is { } path
        ? Bench.Request(path, ["-p", prompt, .. options])
        : Bench.ChildRequest(["agent", "claude", "-p", prompt, .. options]);

    public static ExecutionRequest StreamRequest(Bench bench, string prompt) => Request(bench, prompt, "--output-format", "stream-json", "--verbose");

    /// <summary>What makes the agent that is played wait so long between events; a real one takes its own time.</summary>
    public static IReadOnlyDictionary<string, string>? Pause(Bench bench, int milliseconds) =>
        bench.Agent is null ? new Dictionary<string, string> { ["CCSIGNAL_AGENT_PAUSE_MS"] = $"{milliseconds}" } : null;

    public static async Task<AgentRun> AskAsync(Bench bench, string prompt, CancellationToken cancellationToken)
    {
        await using var client = await bench.ConnectAsync(cancellationToken);
        return Of(await client.RunAsync(StreamRequest(bench, prompt), cancellationToken, keepOutput: true));
    }

    public static AgentRun Of(Observation observation)
    {
        var lines = Encoding.UTF8.GetString(observation.Stdout).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return new(observation, lines, [.. lines.Select(Parse).OfType<JsonElement>()]);
    }

    private static string? TypeOf(JsonElement item) => item.TryGetProperty("type", out var type) ? type.GetString() : null;

    private static JsonElement? Parse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null; // no event: the count of lines and events differs, and a check says so
        }
    }
}
