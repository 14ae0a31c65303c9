using System.Buffers;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace CcSignal.Contracts.Tests;

/// <summary>The two hub protocols, as a server sets them up.</summary>
internal static class HubProtocols
{
    private static readonly IHubProtocol[] All = [.. new ServiceCollection()
        .AddSignalR()
        .AddJsonProtocol(options => WireJson.Configure(options.PayloadSerializerOptions))
        .AddCcSignalMessagePackProtocol()
        .Services.BuildServiceProvider()
        .GetServices<IHubProtocol>()];

    public static IHubProtocol Json { get; } = All.Single(protocol => protocol.Name == "json");

    public static IHubProtocol MessagePack { get; } = All.Single(protocol => protocol.Name == "messagepack");

    /// <summary>Sends <paramref name="value"/> as an item and reads it as a <paramref name="type"/>.</summary>
    public static object? Pass(this IHubProtocol protocol, object? value, Type type)
    {
        var input = new ReadOnlySequence<byte>(protocol.GetMessageBytes(new StreamItemMessage("1", value)));
        protocol.TryParseMessage(ref input, new ItemBinder(type), out var message).ShouldBeTrue();
        (message as StreamBindingFailureMessage)?.BindingFailure.Throw();
        return message.ShouldBeOfType<StreamItemMessage>().Item;
    }

    private sealed class ItemBinder(Type type) : IInvocationBinder
    {
        public Type GetStreamItemType(string streamId) => type;

        public Type GetReturnType(string invocationId) => throw new NotSupportedException();

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => throw new NotSupportedException();
    }
}
