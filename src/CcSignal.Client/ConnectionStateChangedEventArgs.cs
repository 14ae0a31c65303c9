namespace CcSignal.Client;

/// <summary>A connection was lost, came back, or is given up.</summary>
/// <param name="state">How it stands now.</param>
/// <param name="reason">Why; null where nothing went wrong.</param>
public sealed class ConnectionStateChangedEventArgs(ConnectionState state, Exception? reason) : EventArgs
{
    /// <summary>How it stands now.</summary>
    public ConnectionState State { get; } = state;

    /// <summary>Why: what broke the connection, or what forbids another one; null where nothing went wrong.</summary>
    public Exception? Reason { get; } = reason;
}
