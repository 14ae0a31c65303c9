namespace CcSignal.Load.Engine;

/// <summary>What a response brought, read as <c>response.Payload.Value</c>.</summary>
/// <typeparam name="T">Its type.</typeparam>
/// <param name="Value">The value.</param>
public sealed record Payload<T>(T Value);
