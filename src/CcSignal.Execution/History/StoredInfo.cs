using System.Text.Json;
using CcSignal.Contracts;

namespace CcSignal.Execution.History;

/// <summary>How the records are stored, and what the columns add to them.</summary>
internal static class StoredInfo
{
    /// <summary>A record as the store keeps it: as on the wire.</summary>
    public static string Write<T>(T record) => JsonSerializer.Serialize(record, WireJson.Options);

    /// <summary>A record from the store.</summary>
    public static T Read<T>(string text) =>
        JsonSerializer.Deserialize<T>(text, WireJson.Options) ?? throw new JsonException("The history holds 'null' where a record belongs.");

    /// <summary>
    /// An execution from its row. Until the end the text stays as accepted and the columns say what came since, so that a start does not write
    /// a long command line again; at the end the text is the whole truth.
    /// </summary>
    public static ExecutionInfo Compose(string text, string state, int attempt, long? startedAt, int? processId)
    {
        var info = Read<ExecutionInfo>(text);
        return state == StoredState.Ended
            ? info
            : info with { State = StoredState.ToWire(state), Attempt = attempt, StartedAt = startedAt, ProcessId = processId };
    }
}
