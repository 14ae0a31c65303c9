namespace CcSignal.Server.Access;

/// <summary>Marks an endpoint whose WebSocket may be opened with a ticket in the URL.</summary>
internal sealed class TicketAccepted;
