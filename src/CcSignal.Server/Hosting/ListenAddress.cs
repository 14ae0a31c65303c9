using System.Net;

namespace CcSignal.Server.Hosting;

/// <summary>An address to listen on, and the configuration key that asked for it.</summary>
/// <param name="Key">The configuration key.</param>
/// <param name="Url">As it was written.</param>
internal sealed record ListenAddress(string Key, string Url)
{
    private BindingAddress? Parsed { get; } = TryParse(Url);

    /// <summary>Whether it is an address at all.</summary>
    public bool IsValid => Parsed is not null;

    /// <summary>Whether what is sent there is encrypted.</summary>
    public bool IsTls => string.Equals(Parsed?.Scheme, Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether only this machine reaches it. A name other than localhost is none: Kestrel then listens on every interface.</summary>
    public bool IsLoopback => Parsed is { } address
        && (address.IsUnixPipe || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip)));

    /// <summary>What <paramref name="configuration"/> asks for, in the framework's order of precedence; else <paramref name="fallback"/>.</summary>
    public static IReadOnlyList<ListenAddress> Of(IConfiguration configuration, string fallback)
    {
        ListenAddress[] endpoints =
        [
            .. configuration.GetSection("Kestrel:Endpoints").GetChildren()
                .Select(endpoint => new ListenAddress($"{endpoint.Path}:Url", endpoint["Url"] ?? "")),
        ];
        if (endpoints.Length > 0)
        {
            return endpoints;
        }

        ListenAddress[] urls = [.. Split(configuration, "urls", "")];
        ListenAddress[] ports = [.. Split(configuration, "http_ports", "http://*:"), .. Split(configuration, "https_ports", "https://*:")];
        return urls.Length > 0 ? urls : ports.Length > 0 ? ports : [new ListenAddress("urls", fallback)];
    }

    private static IEnumerable<ListenAddress> Split(IConfiguration configuration, string key, string prefix) =>
        (configuration[key] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(value => new ListenAddress(key, prefix + value));

    private static BindingAddress? TryParse(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme is "http" or "https" ? address : null;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return null;
        }
    }
}
