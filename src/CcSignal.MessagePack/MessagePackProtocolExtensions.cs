using CcSignal.MessagePack;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets a hub, or a connection to one, speak <c>messagepack</c>.</summary>
public static class MessagePackProtocolExtensions
{
    /// <summary>
    /// Adds SignalR's <c>messagepack</c> hub protocol for the records of <c>CcSignal.Contracts</c>; a repeat has no effect. It takes
    /// the place of Microsoft's <c>AddMessagePackProtocol</c>: use one of the two.
    /// </summary>
    /// <typeparam name="TBuilder">A server's or a connection's builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <returns><paramref name="builder"/>.</returns>
    public static TBuilder AddCcSignalMessagePackProtocol<TBuilder>(this TBuilder builder)
        where TBuilder : ISignalRBuilder
    {
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHubProtocol, MessagePackHubProtocol>());
        return builder;
    }
}
