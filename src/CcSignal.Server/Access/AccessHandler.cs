using System.Security.Claims;
using System.Text.Encodings.Web;
using CcSignal.Contracts;
using CcSignal.Server.Answers;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace CcSignal.Server.Access;

/// <summary>
/// Who is calling: a ticket in the URL of a hub's WebSocket, else a bearer token, else this server's cookie on its own pages. The first that is there
/// decides; a wrong one is not made good by another.
/// </summary>
internal sealed class AccessHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    KnownTokens tokens,
    Tickets tickets,
    Sessions sessions) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public new const string Scheme = "CcSignal";
    private const string Ticket = "access_token";
    private const string Bearer = "Bearer ";

    private bool IsUpgrade =>
        Context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
        && HttpMethods.IsGet(Request.Method)
        && string.Equals(Request.Headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase);

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Authenticate());

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceSafeAsync();
        Response.Headers.WWWAuthenticate = "Bearer";
        await ErrorAnswer.WriteAsync(
            Context, StatusCodes.Status401Unauthorized, ErrorCodes.Unauthorized, result.Failure?.Message ?? "A token is needed: 'Authorization: Bearer <token>'.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ErrorAnswer.WriteAsync(Context, StatusCodes.Status403Forbidden, ErrorCodes.Forbidden, "This caller may not do that.");

    private AuthenticateResult Authenticate()
    {
        if (Request.Query.TryGetValue(Ticket, out var ticket))
        {
            return ByTicket(ticket.ToString());
        }

        if (Request.Headers.Authorization.Count > 0)
        {
            return ByToken(Request.Headers.Authorization.ToString());
        }

        return SessionCookie.Read(Request) is { Length: > 0 } cookie ? ByCookie(cookie) : AuthenticateResult.NoResult();
    }

    private AuthenticateResult ByTicket(string ticket)
    {
        if (!IsUpgrade || Context.GetEndpoint()?.Metadata.GetMetadata<TicketAccepted>() is null)
        {
            return AuthenticateResult.Fail("A credential in a URL is refused. Send the token as 'Authorization: Bearer <token>'.");
        }

        return tickets.Redeem(ticket) is { } caller
            ? Success(new CallerIdentity(caller))
            : AuthenticateResult.Fail("The ticket is unknown, used or expired. In a URL only a ticket of POST /tickets is accepted, once, within 30 seconds.");
    }

    private AuthenticateResult ByToken(string header) =>
        header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && tokens.Find(header[Bearer.Length..].Trim()) is { } caller
            ? Success(new CallerIdentity(caller))
            : AuthenticateResult.Fail("The token is not known here.");

    private AuthenticateResult ByCookie(string cookie)
    {
        if (!IsOwnPage())
        {
            return AuthenticateResult.Fail("The cookie is accepted from this server's own pages only.");
        }

        return sessions.Find(cookie) is { } session
            ? Success(new CallerIdentity(session.Caller, session.Ended), session.Expires)
            : AuthenticateResult.Fail("The session has ended. Log in again.");
    }

    // A browser names the page of whatever changes something or opens a WebSocket; of a plain download it may leave the name out, and
    // then says at least whether the page was a foreign one.
    private bool IsOwnPage()
    {
        if (Origin.TryParse(Request.Headers.Origin) is { } origin)
        {
            return origin == Origin.Of(Request);
        }

        return !IsUpgrade
            && (HttpMethods.IsGet(Request.Method) || HttpMethods.IsHead(Request.Method))
            && Request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";
    }

    private static AuthenticateResult Success(CallerIdentity identity, DateTimeOffset? expires = null) => AuthenticateResult.Success(
        new AuthenticationTicket(new ClaimsPrincipal(identity), new AuthenticationProperties { ExpiresUtc = expires }, Scheme));
}
