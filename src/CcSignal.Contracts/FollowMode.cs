using System.Text.Json.Serialization;

namespace CcSignal.Contracts;

/// <summary>What happens to a reader that falls behind.</summary>
[JsonConverter(typeof(WireEnumConverter<FollowMode>))]
public enum FollowMode
{
    /// <summary>It gets every byte, later.</summary>
    Lossless,

    /// <summary>It skips to now; a <c>gap</c> says what it missed.</summary>
    Tail,
}
