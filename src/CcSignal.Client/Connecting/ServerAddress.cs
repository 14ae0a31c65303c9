using System.Net;
using CcSignal.Contracts;

namespace CcSignal.Client.Connecting;

/// <summary>Where the server is and which token opens it, found in the options, the environment and the token file, in that order.</summary>
internal sealed record ServerAddress
{
    /// <summary>The server, without the hub's path.</summary>
    public required Uri Url { get; init; }

    /// <summary>The bearer token; null: none was found.</summary>
    public string? Token { get; init; }

    /// <summary>The token file that was looked for, if it was.</summary>
    public string? TokenFile { get; init; }

    /// <summary>The hub.</summary>
    public Uri Hub => new(Url.AbsoluteUri.TrimEnd('/') + Defaults.HubPath);

    /// <summary>Whether the server is on this machine.</summary>
    public bool IsLocal => IsLoopback(Url);

    /// <summary>Finds the server of <paramref name="options"/>.</summary>
    /// <exception cref="ArgumentException">The address is no http or https URL.</exception>
    public static ServerAddress Find(CcSignalClientOptions options, Func<string, string?> variable)
    {
        var url = options.Url ?? Parse(variable(Defaults.UrlVariable) is { Length: > 0 } named ? named : Defaults.Url);
        if (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https") || url.Query.Length > 0 || url.UserInfo.Length > 0)
        {
            throw new ArgumentException($"'{url.OriginalString}' is not the address of a server: it must be like {Defaults.Url}, with nothing secret in it.");
        }

        if ((options.Token ?? variable(Defaults.TokenVariable)) is { Length: > 0 } token)
        {
            return new ServerAddress { Url = url, Token = token };
        }

        // The file's token opens this user's own server; another machine must never see it.
        if (!IsLoopback(url))
        {
            return new ServerAddress { Url = url };
        }

        var file = Path.Combine(LocalData.Directory(variable), "token");
        return new ServerAddress { Url = url, Token = ReadToken(file), TokenFile = file };
    }

    private static Uri Parse(string url) => Uri.TryCreate(url, UriKind.Absolute, out var parsed)
        ? parsed
        : throw new ArgumentException($"'{url}' in {Defaults.UrlVariable} is not the address of a server: it must be like {Defaults.Url}.");

    // Not Uri.IsLoopback: it trusts names that are resolved elsewhere.
    private static bool IsLoopback(Uri url) =>
        url.IdnHost == "localhost" || (IPAddress.TryParse(url.IdnHost, out var address) && IPAddress.IsLoopback(address));

    private static string? ReadToken(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim() is { Length: > 0 } token ? token : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // No token that we may read: the server decides, and its 401 names the file (ConnectFailedException).
            return null;
        }
    }
}
