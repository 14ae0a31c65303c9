using System.Text;
using Microsoft.AspNetCore.SignalR;

namespace CcSignal.MessagePack.Tests;

/// <summary>Expects the same types of every method, stream and result; <c>unknown</c> is what it does not know.</summary>
/// <param name="types">Of the arguments; the first is also that of items and results.</param>
internal sealed class TypedBinder(params Type[] types) : IInvocationBinder
{
    public const string Unknown = "unknown";

    private Type First => types is [var first, ..] ? first : typeof(object);

    public IReadOnlyList<Type> GetParameterTypes(string methodName) =>
        methodName == Unknown ? throw new HubException("Method does not exist.") : types;

    public Type GetReturnType(string invocationId) =>
        invocationId == Unknown ? throw new KeyNotFoundException("Nobody waits for it.") : First;

    public Type GetStreamItemType(string streamId) =>
        streamId == Unknown ? throw new KeyNotFoundException("There is no such stream.") : First;

    public string? GetTarget(ReadOnlySpan<byte> utf8Bytes) => utf8Bytes.SequenceEqual("method"u8) ? "method" : null;
}
