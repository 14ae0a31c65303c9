using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace CcSignal.Server.Access;

/// <summary>Tells every fault of <see cref="AccessOptions"/>, each beginning with its key.</summary>
internal sealed partial class AccessOptionsValidator : IValidateOptions<AccessOptions>
{
    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        string[] faults = [.. options.Tokens.SelectMany(Faults), .. Doubled(options), .. Hosts(options), .. Origins(options)];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(KeyValuePair<string, TokenOptions> token)
    {
        if (!TokenName().IsMatch(token.Key))
        {
            yield return $"Tokens:{token.Key}: a name has 1 to 64 characters of A-Z, a-z, 0-9, '.', '_' and '-'.";
        }

        if (token.Key == KnownTokens.AdministratorName)
        {
            yield return $"Tokens:{token.Key}: this name belongs to the token of CCSIGNAL_TOKEN or of the token file; choose another.";
        }

        if (!Sha256().IsMatch(token.Value.Sha256))
        {
            yield return $"Tokens:{token.Key}:{nameof(TokenOptions.Sha256)}: the token's SHA-256 is needed as 64 hexadecimal digits; printf %s \"$token\" | sha256sum prints it.";
        }
    }

    private static IEnumerable<string> Doubled(AccessOptions options) => options.Tokens
        .Where(token => token.Value.Sha256.Length > 0)
        .GroupBy(token => token.Value.Sha256, token => token.Key, StringComparer.OrdinalIgnoreCase)
        .Where(names => names.Count() > 1)
        .Select(names => $"Tokens: {string.Join(" and ", names)} have the same token.");

    private static IEnumerable<string> Hosts(AccessOptions options) => options.AllowedHosts
        .Where(host => Uri.CheckHostName(host.Trim('[', ']')) == UriHostNameType.Unknown)
        .Select(host => $"{nameof(AccessOptions.AllowedHosts)}: '{host}' is no host name; write it without scheme and port, and no '*'.");

    private static IEnumerable<string> Origins(AccessOptions options) => options.AllowedOrigins
        .Where(origin => Origin.TryParse(origin) is null)
        .Select(origin => $"{nameof(AccessOptions.AllowedOrigins)}: '{origin}' is no origin; write scheme://host or scheme://host:port, and no '*'.");

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex TokenName();

    [GeneratedRegex(@"^[0-9A-Fa-f]{64}\z")]
    private static partial Regex Sha256();
}
