using System.Security.Cryptography;
using System.Text.Json;
using CcSignal.Contracts;

namespace CcSignal.Execution.History;

/// <summary>Tells whether two requests ask for the same: SHA-256 over their JSON, without the id and with maps in order.</summary>
internal static class RequestFingerprint
{
    /// <summary>The 32 bytes of this request.</summary>
    public static byte[] Of(ExecutionRequest request)
    {
        var canonical = request with
        {
            Id = null,
            Profile = request.Profile ?? Defaults.Profile,
            Environment = InOrder(request.Environment),
            Tags = InOrder(request.Tags),
        };
        return SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(canonical, WireJson.Options));
    }

    // An empty map asks for what no map asks for.
    private static SortedDictionary<string, string>? InOrder(IReadOnlyDictionary<string, string>? map) =>
        map is { Count: > 0 } ? new(map.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal) : null;
}
