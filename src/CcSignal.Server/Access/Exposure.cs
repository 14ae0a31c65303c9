using CcSignal.Contracts;
using CcSignal.Server.Hosting;

namespace CcSignal.Server.Access;

/// <summary>
/// What a server needs before other machines may reach it: credentials that somebody chose, and encryption. The token that the server made
/// for itself was meant for its own machine.
/// </summary>
internal static class Exposure
{
    private const int ShortestToken = 16;

    public static IEnumerable<string> Faults(IReadOnlyList<ListenAddress> addresses, IConfiguration configuration)
    {
        // Read without binding: a fault in another key of the section must not hide these.
        var access = configuration.GetSection(AccessOptions.Section);
        var token = configuration[Defaults.TokenVariable] ?? "";
        var hasCredentials = token.Length > 0 || access.GetSection(nameof(AccessOptions.Tokens)).GetChildren().Any();
        var allowsPlainText = bool.TryParse(access[nameof(AccessOptions.AllowPlainText)], out var allowed) && allowed;

        if (token.Length is > 0 and < ShortestToken)
        {
            yield return $"{Defaults.TokenVariable}: a token has at least {ShortestToken} characters; openssl rand -hex 32 makes a good one.";
        }

        foreach (var address in addresses)
        {
            if (!address.IsValid)
            {
                yield return $"{address.Key}: '{address.Url}' is no address; write http://127.0.0.1:5080 or https://0.0.0.0:5443.";
            }
            else if (!address.IsLoopback && !hasCredentials)
            {
                yield return $"{address.Key}: {address.Url} is open to other machines, and no token is configured. Set {Defaults.TokenVariable} or {AccessOptions.Section}:{nameof(AccessOptions.Tokens)}, or listen on 127.0.0.1.";
            }
            else if (!address.IsLoopback && !address.IsTls && !allowsPlainText)
            {
                yield return $"{address.Key}: {address.Url} would send tokens and output unencrypted over the network. Use https, or, behind a proxy that encrypts, set {AccessOptions.Section}:{nameof(AccessOptions.AllowPlainText)} to true.";
            }
        }
    }
}
