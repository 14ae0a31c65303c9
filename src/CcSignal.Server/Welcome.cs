using CcSignal.Contracts;
using CcSignal.Server.Access;
using CcSignal.Server.Hosting;

namespace CcSignal.Server;

/// <summary>What a person reads after the start: where the server is, where its things are, and what to type next.</summary>
internal static class Welcome
{
    public static string Text(WebApplication app)
    {
        var url = app.Urls.FirstOrDefault() ?? Defaults.Url;
        var data = app.Services.GetRequiredService<DataDirectory>();
        var tokenFile = app.Services.GetRequiredService<KnownTokens>().File;
        return $"""

            CcSignal {CommandLine.Version}
              listens on  {string.Join(", ", app.Urls)}
              keeps data  {data.Path}
              token       {(tokenFile is null ? "as configured" : $"in {tokenFile}")}

            A first command, in another terminal:
              {Environment(url, data, tokenFile)}ccsignal run -- echo hello
            or from a clone of the sources:
              {Environment(url, data, tokenFile)}dotnet run --project src/CcSignal.Cli -- run -- echo hello

            Ctrl+C stops the running commands, then the server.

            """;
    }

    // Only what the client would not find by itself.
    private static string Environment(string url, DataDirectory data, string? tokenFile)
    {
        var address = url == Defaults.Url ? "" : $"{Defaults.UrlVariable}={url.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal).Replace("[::]", "127.0.0.1", StringComparison.Ordinal)} ";
        var token = tokenFile is null ? $"{Defaults.TokenVariable}=... "
            : data.Path == new Execution.DataDirectoryOptions().Resolve() ? ""
            : $"{Defaults.TokenVariable}=\"$(cat '{tokenFile}')\" ";
        return address + token;
    }
}
