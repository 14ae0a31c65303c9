using System.Collections;
using Microsoft.AspNetCore.SignalR;

namespace CcSignal.Server.Hubs;

/// <summary>Binds as another and knows how far the arguments of the message were read: SignalR's errors do not say which one it was.</summary>
internal sealed class ArgumentNotingBinder(IInvocationBinder inner) : IInvocationBinder
{
    private NotedTypes _types = new([]);

    /// <summary>The number, from 1, of the argument whose reading began last.</summary>
    public int Begun => _types.Begun;

    /// <summary>How many arguments the method takes.</summary>
    public int Taken => _types.Count;

    public IReadOnlyList<Type> GetParameterTypes(string methodName) => _types = new NotedTypes(inner.GetParameterTypes(methodName));

    public Type GetReturnType(string invocationId) => inner.GetReturnType(invocationId);

    public Type GetStreamItemType(string streamId) => inner.GetStreamItemType(streamId);

    public string? GetTarget(ReadOnlySpan<byte> utf8Bytes) => inner.GetTarget(utf8Bytes);

    private sealed class NotedTypes(IReadOnlyList<Type> inner) : IReadOnlyList<Type>
    {
        public int Begun { get; private set; }

        public int Count => inner.Count;

        public Type this[int index]
        {
            get
            {
                Begun = index + 1;
                return inner[index];
            }
        }

        public IEnumerator<Type> GetEnumerator() => inner.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
