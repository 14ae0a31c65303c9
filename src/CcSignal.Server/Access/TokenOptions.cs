namespace CcSignal.Server.Access;

/// <summary>A token that is known. The token itself is nowhere in the configuration.</summary>
internal sealed class TokenOptions
{
    /// <summary>SHA-256 of the token's bytes in UTF-8, as 64 hexadecimal digits: <c>printf %s "$token" | sha256sum</c>.</summary>
    public string Sha256 { get; set; } = "";

    /// <summary>Whether it may see and stop what others own; default no.</summary>
    public bool Administrator { get; set; }

    /// <summary>The profiles it may use; default every one.</summary>
    public List<string>? Profiles { get; set; }
}
