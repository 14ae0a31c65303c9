using CcSignal.Server.Hubs;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace CcSignal.Server.Hosting;

/// <summary>Sets Kestrel up: where to listen, and limits that hold before anybody is known.</summary>
internal static class KestrelSetup
{
    private const int MaxBodyBytes = 64 * 1024;
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(10);

    public static void AddKestrel(this WebApplicationBuilder builder, IReadOnlyList<ListenAddress> addresses)
    {
        if (!builder.Configuration.GetSection("Kestrel:Endpoints").GetChildren().Any())
        {
            builder.WebHost.UseUrls([.. addresses.Select(address => address.Url)]);
        }

        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<ConnectionOptions>>(Configure);
    }

    private static void Configure(KestrelServerOptions kestrel, IOptions<ConnectionOptions> connections)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
        kestrel.Limits.MaxConcurrentConnections = connections.Value.MaxConnections;
        kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1); // WebSockets need no more, and less can go wrong
    }
}
