using CcSignal.Contracts;
using CcSignal.Server.Access;
using CcSignal.Server.Answers;
using Microsoft.Extensions.Options;

namespace CcSignal.Server.Hubs;

/// <summary>Refuses a hub connection more than the server takes. Kestrel has such a limit too, and answers 200 where it holds.</summary>
internal sealed class HubCapacity(RequestDelegate next, IOptions<ConnectionOptions> options)
{
    private int _open;

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<TicketAccepted>() is null || !context.WebSockets.IsWebSocketRequest)
        {
            await next(context);
            return;
        }

        try
        {
            if (Interlocked.Increment(ref _open) > options.Value.MaxHubConnections)
            {
                await ErrorAnswer.WriteAsync(
                    context, StatusCodes.Status503ServiceUnavailable, ErrorCodes.Unavailable, "The server has as many connections as it takes. Try again later.");
                return;
            }

            await next(context);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }
}
