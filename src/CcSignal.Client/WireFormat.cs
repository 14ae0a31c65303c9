namespace CcSignal.Client;

/// <summary>The hub protocol of a connection.</summary>
public enum WireFormat
{
    /// <summary>Binary: output travels as it is.</summary>
    MessagePack,

    /// <summary>Text, for looking at: output travels as base64, a third larger.</summary>
    Json,
}
