using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using CcSignal.Contracts;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace CcSignal.Server.Hubs;

/// <summary>
/// SignalR's <c>json</c> hub protocol, with one difference: who sends arguments that cannot be read is told which, as in the <c>messagepack</c>
/// protocol. The sentence holds names and numbers of places, never a value.
/// </summary>
internal sealed partial class JsonCallProtocol(IOptions<JsonHubProtocolOptions> options) : IHubProtocol
{
    private readonly JsonHubProtocol _inner = new(options);

    public string Name => _inner.Name;

    public int Version => _inner.Version;

    public TransferFormat TransferFormat => _inner.TransferFormat;

    public bool IsVersionSupported(int version) => _inner.IsVersionSupported(version);

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        var noting = new ArgumentNotingBinder(binder);
        if (!_inner.TryParseMessage(ref input, noting, out message))
        {
            return false;
        }

        if (message is InvocationBindingFailureMessage failure)
        {
            message = Tell(failure, noting);
        }

        return true;
    }

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => _inner.WriteMessage(message, output);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => _inner.GetMessageBytes(message);

    private static InvocationBindingFailureMessage Tell(InvocationBindingFailureMessage failure, ArgumentNotingBinder binder)
    {
        if (Sentence(failure.BindingFailure.SourceException, binder) is not { } sentence)
        {
            return failure;
        }

        // A HubException's words reach the caller.
        var told = new HubException($"[{ErrorCodes.InvalidRequest}] {sentence}", failure.BindingFailure.SourceException);
        return new InvocationBindingFailureMessage(failure.InvocationId, failure.Target, ExceptionDispatchInfo.Capture(told));
    }

    // Null for what SignalR says better: that there is no such method.
    private static string? Sentence(Exception failure, ArgumentNotingBinder binder) => failure switch
    {
        InvalidDataException { InnerException: JsonException json } => $"Argument {binder.Begun} cannot be read: {Place(json.Path)}the value does not fit.",
        InvalidDataException { InnerException: null } => $"The method takes {binder.Taken} arguments, the call has another number of them.",
        _ => null,
    };

    // As in timeoutSeconds or arguments[3]. The sender chose the names: from one on that is no plain word, nothing is repeated.
    private static string Place(string? path)
    {
        path ??= "$";
        var plain = PlainPath().Match(path);
        var place = plain.Length == path.Length ? plain.Value : plain.Value + ".?";
        return place.TrimStart('$', '.') is { Length: > 0 } told ? $"{told}: " : "";
    }

    [GeneratedRegex(@"^\$(\.[A-Za-z0-9]{1,64}(?=[.[]|$)|\[[0-9]+\])*")]
    private static partial Regex PlainPath();
}
