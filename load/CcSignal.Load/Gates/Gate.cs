using System.Text.Json.Serialization;

namespace CcSignal.Load.Gates;

/// <summary>A promise and its number, as <c>gates.json</c> states it.</summary>
internal sealed record Gate
{
    /// <summary>The figure that every scenario has without giving it: how many of its executed checks did not hold.</summary>
    public const string ChecksFailed = "checks_failed";

    /// <summary>Its name, unique in the file.</summary>
    public required string Id { get; init; }

    /// <summary>The promise in words.</summary>
    public required string Promise { get; init; }

    /// <summary>The scenario that measures it.</summary>
    public required string Scenario { get; init; }

    /// <summary>The figure of the scenario.</summary>
    public required string Figure { get; init; }

    /// <summary><c>=</c>, <c>≤</c> or <c>≥</c>.</summary>
    public required string Is { get; init; }

    public required double Number { get; init; }

    public required string Unit { get; init; }

    /// <summary>A program without which nobody can tell; where it is not installed the gate is left out, by name. Null: none.</summary>
    public string? Needs { get; init; }

    /// <summary>Whether a saturated or shared machine makes it worthless.</summary>
    [JsonPropertyName("time")]
    public bool IsTime { get; init; }
}
