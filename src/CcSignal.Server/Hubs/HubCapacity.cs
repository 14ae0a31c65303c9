using System.Collections.Concurrent;
using CcSignal.Contracts;
using CcSignal.Server.Access;
using CcSignal.Server.Answers;
using Microsoft.Extensions.Options;

namespace CcSignal.Server.Hubs;

/// <summary>
/// Refuses a hub connection more than the server takes, of everybody together and of each caller. Kestrel has a limit for all too, and answers 200 where it holds.
/// </summary>
internal sealed class HubCapacity(RequestDelegate next, IOptions<ConnectionOptions> options)
{
    private readonly ConcurrentDictionary<string, int> _openOf = new(StringComparer.Ordinal);
    private int _open;

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<TicketAccepted>() is null || !context.WebSockets.IsWebSocketRequest)
        {
            await next(context);
            return;
        }

        var caller = context.GetCaller().Name;
        var (open, own) = (Interlocked.Increment(ref _open), _openOf.AddOrUpdate(caller, 1, (_, count) => count + 1));
        try
        {
            if (open > options.Value.MaxHubConnections)
            {
                await RefuseAsync(context, "The server has as many connections as it takes. Try again later.");
            }
            else if (own > options.Value.MaxHubConnectionsPerCaller)
            {
                await RefuseAsync(
                    context, $"You have {options.Value.MaxHubConnectionsPerCaller} connections open, and this server takes no more of one caller. Close one, or use it for more streams.");
            }
            else
            {
                await next(context);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _open);
            Leave(caller);
        }
    }

    private static Task RefuseAsync(HttpContext context, string message) =>
        ErrorAnswer.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, ErrorCodes.Unavailable, message);

    // Nothing stays of a caller who has gone: their names may be many over the years.
    private void Leave(string caller)
    {
        while (_openOf.TryGetValue(caller, out var count))
        {
            if (count == 1 ? _openOf.TryRemove(KeyValuePair.Create(caller, count)) : _openOf.TryUpdate(caller, count - 1, count))
            {
                return;
            }
        }
    }
}
