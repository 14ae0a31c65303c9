namespace CcSignal.Server.Endpoints;

/// <summary>For whatever looks after the server's process.</summary>
internal static class HealthEndpoints
{
    public static void AddHealth(this IServiceCollection services) => services.AddSingleton<Readiness>();

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/healthz", () => Results.Json(new { status = "ok" })).AllowAnonymous();
        endpoints.MapGet("/readyz", (Readiness readiness) => Results.Json(new { status = readiness.Check() })).AllowAnonymous();
    }
}
