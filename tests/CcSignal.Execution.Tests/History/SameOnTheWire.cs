using System.Text.Json;
using CcSignal.Contracts;

namespace CcSignal.Execution.Tests.History;

/// <summary>Records with lists and maps in them are equal when they are the same text on the wire.</summary>
internal static class SameOnTheWire
{
    public static void ShouldBeTheSameAs<T>(this T actual, T expected) =>
        JsonSerializer.Serialize(actual, WireJson.Options).ShouldBe(JsonSerializer.Serialize(expected, WireJson.Options));
}
