using System.Text.Json;
using CcSignal.Contracts;

namespace CcSignal.Execution.Tests;

/// <summary>Records with lists in them are the same when they look the same on the wire.</summary>
internal static class Comparisons
{
    public static IEqualityComparer<ExecutionInfo> SameOnTheWire { get; } = EqualityComparer<ExecutionInfo>.Create(
        (one, other) => JsonSerializer.Serialize(one, WireJson.Options) == JsonSerializer.Serialize(other, WireJson.Options));
}
