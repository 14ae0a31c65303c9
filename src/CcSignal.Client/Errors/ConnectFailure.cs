namespace CcSignal.Client;

/// <summary>Why a connection did not come up.</summary>
public enum ConnectFailure
{
    /// <summary>Nothing answers at the address.</summary>
    Unreachable,

    /// <summary>The server does not know the token, or got none.</summary>
    Unauthorized,

    /// <summary>The server knows the caller, or the address it was called by, and refuses it.</summary>
    Forbidden,

    /// <summary>The server takes no connection now: it is starting, stopping or full.</summary>
    Unavailable,

    /// <summary>Something answers, but not as a CcSignal server does.</summary>
    NotCcSignal,
}
