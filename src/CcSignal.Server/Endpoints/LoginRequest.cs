namespace CcSignal.Server.Endpoints;

/// <summary>What a browser logs in with: one of the two.</summary>
internal sealed record LoginRequest(string? Ticket, string? Token);
