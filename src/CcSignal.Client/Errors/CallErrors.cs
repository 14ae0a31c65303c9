using System.Text.RegularExpressions;
using Microsoft.AspNetCore.SignalR;

namespace CcSignal.Client;

/// <summary>Turns what SignalR throws into this library's errors, with the contract's codes read out of its sentences.</summary>
internal static partial class CallErrors
{
    private const string ClosedByServer = "The server closed the connection with the following error:";

    /// <summary>What <paramref name="error"/> means to the caller of <paramref name="method"/>; null: it is none of the connection's.</summary>
    public static Exception? Explain(string method, string? executionId, long lastSequence, Exception error, CancellationToken cancellationToken) =>
        error switch
        {
            _ when cancellationToken.IsCancellationRequested => new OperationCanceledException(error.Message, error, cancellationToken),
            HubException hub when !hub.Message.StartsWith(ClosedByServer, StringComparison.Ordinal) => Read(method, hub),
            ArgumentException or NotSupportedException => null,
            // SignalR says InvalidOperationException where there is no connection, OperationCanceledException to calls under way when the
            // server closed it in good order, and otherwise whatever the transport said.
            _ => Lost(executionId, lastSequence, error),
        };

    /// <summary>The connection ended under a call.</summary>
    public static ConnectionLostException Lost(string? executionId, long lastSequence, Exception? error)
    {
        var because = error is null ? "" : $" ({error.Message.TrimEnd('.')})";
        var sentence = executionId is null
            ? $"The connection to the server was lost{because}."
            : $"The connection to the server was lost{because}. Execution '{executionId}' goes on there: follow it from sequence {lastSequence + 1}.";
        return new ConnectionLostException(executionId, lastSequence, sentence, error);
    }

    /// <summary>The typed error of a call that the server answered with one.</summary>
    public static CcSignalException Read(string method, HubException error) =>
        Coded().Match(error.Message) is { Success: true } coded
            ? new CallRefusedException(coded.Groups["code"].Value, coded.Groups["sentence"].Value, error)
            : new ServerFailedException(method, error.Message, error);

    // "An unexpected error occurred invoking 'Get' on the server. HubException: [not_found] There is no execution 'x'." and
    // "An error occurred on the server while streaming results. HubException: [not_found] …" (DefaultHubDispatcher, ErrorMessageHelper);
    // the type named is the thrown one, so a derived exception has another name.
    [GeneratedRegex(@"(?:^|Exception: )\[(?<code>[a-z_]+)\] (?<sentence>.+)$", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Coded();
}
