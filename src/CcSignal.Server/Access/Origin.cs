namespace CcSignal.Server.Access;

/// <summary>A web origin (RFC 6454): a page's scheme, host and port, each of which makes it another one.</summary>
internal readonly record struct Origin(string Scheme, string Host, int Port)
{
    /// <summary>Null for what is none, like <c>null</c>, or has more than an origin has, like a path.</summary>
    public static Origin? TryParse(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && uri is { UserInfo: "", PathAndQuery: "/", Fragment: "" }
            ? new Origin(uri.Scheme, uri.Host, uri.Port)
            : null;

    /// <summary>The origin of the pages that this request's server serves.</summary>
    public static Origin? Of(HttpRequest request) => TryParse($"{request.Scheme}://{request.Host}");
}
