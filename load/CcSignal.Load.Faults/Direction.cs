namespace CcSignal.Load.Faults;

/// <summary>A way through the proxy.</summary>
public enum Direction
{
    /// <summary>From whoever connected.</summary>
    ToServer,

    /// <summary>From the server.</summary>
    ToClient,
}
