using System.Globalization;

namespace CcSignal.Server.Access;

/// <summary>How a browser carries its session.</summary>
internal static class SessionCookie
{
    public static string? Read(HttpRequest request) => request.Cookies[Name(request)];

    public static void Write(HttpContext context, string id) => context.Response.Cookies.Append(Name(context.Request), id, Attributes(context.Request));

    public static void Delete(HttpContext context) => context.Response.Cookies.Delete(Name(context.Request), Attributes(context.Request));

    // Browsers share cookies between the ports of a host: the port in the name keeps two servers from logging each other out.
    private static string Name(HttpRequest request)
    {
        var port = request.Host.Port ?? (request.IsHttps ? 443 : 80);
        return string.Create(CultureInfo.InvariantCulture, $"{(request.IsHttps ? "__Host-" : "")}ccsignal-{port}");
    }

    private static CookieOptions Attributes(HttpRequest request) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = request.IsHttps,
        Path = "/",
    };
}
