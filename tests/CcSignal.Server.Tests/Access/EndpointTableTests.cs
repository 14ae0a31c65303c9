using System.Net;
using CcSignal.Contracts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CcSignal.Server.Tests.Access;

public sealed class EndpointTableTests
{
    private static readonly string[] Anonymous = ["/healthz", "/readyz", "/login"];

    /// <summary>Made from the server's own table, so that an endpoint that is added later and forgets its policy fails here by itself.</summary>
    [Fact(Timeout = 30_000)]
    public async Task Every_endpoint_but_a_short_list_refuses_who_shows_no_credentials()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client();
        var endpoints = server.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        endpoints.Count.ShouldBeGreaterThan(4);
        var open = new List<string>();
        foreach (var endpoint in endpoints)
        {
            var path = "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment =>
                string.Concat(segment.Parts.Select(part => part is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content : "x"))));
            foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST", "DELETE"])
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path);
                using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
                if (answer.StatusCode != HttpStatusCode.Unauthorized)
                {
                    open.Add(path);
                    continue;
                }

                if (method != "HEAD")
                {
                    await answer.ShouldBeErrorAsync(HttpStatusCode.Unauthorized, ErrorCodes.Unauthorized);
                }
            }
        }

        open.Distinct().ShouldBe(Anonymous, ignoreOrder: true);
    }

    [Fact(Timeout = 15_000)]
    public async Task Who_shows_no_credentials_does_not_learn_which_addresses_exist()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client();
        using var answer = await client.GetAsync("/nothing", TestContext.Current.CancellationToken);
        await answer.ShouldBeErrorAsync(HttpStatusCode.Unauthorized, ErrorCodes.Unauthorized);
        using var known = server.Client(RunningServer.User);
        using var found = await known.GetAsync("/nothing", TestContext.Current.CancellationToken);
        await found.ShouldBeErrorAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound);
    }
}
