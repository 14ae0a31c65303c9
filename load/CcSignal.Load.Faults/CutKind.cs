namespace CcSignal.Load.Faults;

/// <summary>How a connection ends.</summary>
public enum CutKind
{
    /// <summary>RST to both sides, as when a process or a machine in between dies.</summary>
    Reset,

    /// <summary>FIN to both sides, as when a proxy is stopped in good order: the end of a message may be missing all the same.</summary>
    Close,

    /// <summary>Nothing more arrives and nobody is told, as when a cable is pulled: the connection stays half open until the proxy is disposed.</summary>
    Silence,
}
