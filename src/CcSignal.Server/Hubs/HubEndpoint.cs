using CcSignal.Contracts;
using CcSignal.Server.Access;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace CcSignal.Server.Hubs;

/// <summary>Sets SignalR up with the contract's limits, and puts a hub behind them.</summary>
internal static class HubEndpoint
{
    // What the server keeps for a viewer that does not read, beside the sockets' own buffers. All of it must be taken within the send
    // timeout, so this is also the slowest viewer: 9 KB/s at 30 s.
    private const int SendBufferBytes = 256 * 1024;

    // More than one, so that a write to a command that reads nothing does not hold up the cancel behind it. Calls may overtake one another: a
    // client that cares awaits the answer of the first, and the offsets of writes tell one that does not.
    private const int CallsAtOnce = 8;

    public static void AddHub(this IServiceCollection services)
    {
        services.AddOptions<ConnectionOptions>().BindConfiguration(ConnectionOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true);
        services.AddSingleton<IValidateOptions<ConnectionOptions>, ConnectionOptionsValidator>();
        services.AddSingleton<CallFilter>();
        services.AddSingleton<ConnectionSubscriptions>();
        services.AddSingleton<SilenceWatch>();
        services
            .AddSignalR(options =>
            {
                options.HandshakeTimeout = TimeSpan.FromSeconds(Defaults.HandshakeTimeoutSeconds);
                options.KeepAliveInterval = TimeSpan.FromSeconds(Defaults.HeartbeatSeconds);
                options.ClientTimeoutInterval = TimeSpan.FromSeconds(Defaults.SilenceTimeoutSeconds);
                options.MaximumReceiveMessageSize = Limits.MaxMessageBytes;
                options.MaximumParallelInvocationsPerClient = CallsAtOnce;
                options.DisableImplicitFromServicesParameters = true;
                options.EnableDetailedErrors = false;
                options.AddFilter<CallFilter>();
            })
            .AddJsonProtocol(options => WireJson.Configure(options.PayloadSerializerOptions))
            .AddCcSignalMessagePackProtocol();
        services.AddSingleton<IHubProtocol, JsonCallProtocol>(); // of two protocols with one name, the later is spoken
    }

    /// <summary>As <c>MapHub</c>, with the watch in front of the hub.</summary>
    public static IEndpointConventionBuilder MapExecutionHub<THub>(this IEndpointRouteBuilder endpoints, string pattern = Defaults.HubPath)
        where THub : Hub
    {
        var limits = endpoints.ServiceProvider.GetRequiredService<IOptions<ConnectionOptions>>().Value;
        var watch = endpoints.ServiceProvider.GetRequiredService<SilenceWatch>();
        var options = new HttpConnectionDispatcherOptions
        {
            Transports = HttpTransportType.WebSockets,
            TransportMaxBufferSize = SendBufferBytes,
            TransportSendTimeout = TimeSpan.FromSeconds(limits.SendTimeoutSeconds),
            CloseOnAuthenticationExpiration = true,
            AllowStatefulReconnects = false, // resuming by sequence is better, and survives a restart
        };
        return endpoints
            .MapConnections(pattern, options, connection => connection.Use(next => context => watch.WatchAsync(context, next)).UseHub<THub>())
            .WithMetadata(new HubMetadata(typeof(THub)), new TicketAccepted());
    }
}
