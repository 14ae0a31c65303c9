using System.Text.Json.Serialization;

namespace CcSignal.Contracts;

/// <summary>What a command finds on its standard input.</summary>
[JsonConverter(typeof(WireEnumConverter<InputMode>))]
public enum InputMode
{
    /// <summary>End of file at once.</summary>
    Closed,

    /// <summary>What clients write, until one closes it.</summary>
    Open,
}
