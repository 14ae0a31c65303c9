namespace CcSignal.Server.Endpoints;

/// <summary>A ticket, and how long it may be used.</summary>
internal sealed record TicketAnswer(string Ticket, int ExpiresInSeconds);
