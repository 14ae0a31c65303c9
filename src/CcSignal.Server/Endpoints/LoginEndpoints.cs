using CcSignal.Contracts;
using CcSignal.Execution;
using CcSignal.Server.Access;

namespace CcSignal.Server.Endpoints;

/// <summary>Tickets and cookies, for browsers.</summary>
internal static class LoginEndpoints
{
    public static void MapLogin(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/tickets", IssueTicket);
        endpoints.MapPost("/login", Login).AllowAnonymous();
        endpoints.MapPost("/logout", Logout);
    }

    private static TicketAnswer IssueTicket(HttpContext context, Tickets tickets) =>
        new(tickets.Issue(context.GetCaller()), (int)Tickets.Lifetime.TotalSeconds);

    private static IResult Login(LoginRequest request, HttpContext context, KnownTokens tokens, Tickets tickets, Sessions sessions)
    {
        var caller = request switch
        {
            { Ticket: { } ticket, Token: null } => tickets.Redeem(ticket),
            { Token: { } token, Ticket: null } => tokens.Find(token),
            _ => throw new RefusedException(ErrorCodes.InvalidRequest, "The body is { \"ticket\": string } or { \"token\": string }."),
        };
        if (caller is null)
        {
            throw new RefusedException(ErrorCodes.Unauthorized, "The token is not known here, or the ticket is used or expired.");
        }

        SessionCookie.Write(context, sessions.Start(caller));
        return Results.NoContent();
    }

    private static IResult Logout(HttpContext context, Sessions sessions)
    {
        if (SessionCookie.Read(context.Request) is { } cookie)
        {
            sessions.End(cookie);
        }

        SessionCookie.Delete(context);
        return Results.NoContent();
    }
}
