using CcSignal.Contracts;
using CcSignal.Server.Answers;
using Microsoft.Extensions.Options;

namespace CcSignal.Server.Access;

/// <summary>
/// The first check of every request, before routing: for whom it is meant, and which page sent it. SignalR by itself takes a WebSocket
/// from any page under any name, and a browser on this machine is a caller from this machine.
/// </summary>
internal sealed partial class Door(RequestDelegate next, Hosts hosts, IOptions<AccessOptions> options, ILogger<Door> logger)
{
    private readonly HashSet<Origin> _foreign = [.. options.Value.AllowedOrigins.Select(Origin.TryParse).OfType<Origin>()];

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(Harden, context.Response.Headers);
        if (!hosts.Admit(context))
        {
            Log.WrongHost(logger, context.Request.Host.Value, AccessOptions.Section);
            return ErrorAnswer.WriteAsync(context, StatusCodes.Status400BadRequest, ErrorCodes.InvalidRequest, "This server does not answer under that host name.");
        }

        if (!Admit(context.Request))
        {
            Log.WrongOrigin(logger, context.Request.Headers.Origin.ToString(), AccessOptions.Section);
            return ErrorAnswer.WriteAsync(context, StatusCodes.Status403Forbidden, ErrorCodes.Forbidden, "Pages of that origin may not call this server.");
        }

        return next(context);
    }

    private bool Admit(HttpRequest request)
    {
        var header = request.Headers.Origin;
        return header.Count == 0
            || (header.Count == 1 && Origin.TryParse(header) is { } origin && (origin == Origin.Of(request) || _foreign.Contains(origin)));
    }

    // What is answered here is data. A page that is meant to be shown says so itself. At the start of the answer, because an answer that
    // fails is begun anew.
    private static Task Harden(object state)
    {
        var headers = (IHeaderDictionary)state;
        headers.TryAdd("X-Content-Type-Options", "nosniff");
        headers.TryAdd("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox");
        headers.TryAdd("Cross-Origin-Resource-Policy", "same-origin");
        headers.TryAdd("Referrer-Policy", "no-referrer");
        headers.TryAdd("Cache-Control", "no-store");
        return Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(1101, LogLevel.Warning, "Refused a request for host {Host}. If this server is known under that name, add it to {Section}:AllowedHosts.")]
        public static partial void WrongHost(ILogger logger, string? host, string section);

        [LoggerMessage(1102, LogLevel.Warning, "Refused a request from a page of {Origin}. If that page may call this server, add it to {Section}:AllowedOrigins.")]
        public static partial void WrongOrigin(ILogger logger, string origin, string section);
    }
}
