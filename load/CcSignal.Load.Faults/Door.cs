namespace CcSignal.Load.Faults;

/// <summary>What the proxy does with those who connect.</summary>
public enum Door
{
    /// <summary>They are connected to the server.</summary>
    Open,

    /// <summary>They are reset, as where nothing listens.</summary>
    Refuses,

    /// <summary>They are accepted and hear nothing, as where a machine behind the address hangs.</summary>
    Silent,
}
