using System.Text.Json;

namespace CcSignal.Load.Gates;

/// <summary>The promises, read from <c>gates.json</c> beside this program.</summary>
internal static class GateFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    public static string BesideThisProgram { get; } = Path.Combine(AppContext.BaseDirectory, "gates.json");

    public static IReadOnlyList<Gate> Read(string file)
    {
        var gates = JsonSerializer.Deserialize<Gate[]>(File.ReadAllText(file), Options) ?? [];
        return gates.GroupBy(gate => gate.Id).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new InvalidDataException($"'{file}' has two gates named '{twice.Key}'.")
            : gates.FirstOrDefault(gate => gate.Is is not ("=" or "≤" or "≥")) is { } wrong
                ? throw new InvalidDataException($"The gate '{wrong.Id}' says '{wrong.Is}'; it can be =, ≤ or ≥.")
                : gates;
    }
}
