namespace CcSignal.Server.Access;

/// <summary>Who may use the server, and from where.</summary>
internal sealed class AccessOptions
{
    public const string Section = "CcSignal:Access";

    /// <summary>The tokens that are known, by the name that owns what they start.</summary>
    public Dictionary<string, TokenOptions> Tokens { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Names under which this server is reached, beside this machine's own: <c>build.example.org</c>, without a port.</summary>
    public List<string> AllowedHosts { get; init; } = [];

    /// <summary>Foreign pages that may call this server: <c>https://tools.example.org</c>.</summary>
    public List<string> AllowedOrigins { get; init; } = [];

    /// <summary>Whether tokens may cross a network unencrypted; default no.</summary>
    public bool AllowPlainText { get; set; }
}
