namespace CcSignal.Client;

/// <summary>How a client stands to its server.</summary>
public enum ConnectionState
{
    /// <summary>There is a connection.</summary>
    Connected,

    /// <summary>The connection was lost and is being built again; streams and calls wait.</summary>
    Reconnecting,

    /// <summary>There is no connection and none is tried: the client was disposed, or has given up.</summary>
    Closed,
}
