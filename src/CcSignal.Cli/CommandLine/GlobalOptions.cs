using System.CommandLine;
using CcSignal.Cli.Following;
using CcSignal.Cli.Terminal;
using CcSignal.Client;
using CcSignal.Client.Connecting;
using CcSignal.Contracts;

namespace CcSignal.Cli.CommandLine;

/// <summary>Options that every command has.</summary>
internal sealed class GlobalOptions
{
    /// <summary>Where the server is.</summary>
    public Option<string?> Url { get; } = new("--url")
    {
        Description = $"The server. Default: {Defaults.UrlVariable}, else {Defaults.Url}.",
        HelpName = "URL",
        Recursive = true,
    };

    /// <summary>What opens it.</summary>
    public Option<string?> Token { get; } = new("--token")
    {
        Description = $"The token; others on this machine can see it, so prefer {Defaults.TokenVariable}. Default: that, else this machine's token file.",
        HelpName = "TOKEN",
        Recursive = true,
    };

    /// <summary>For scripts.</summary>
    public Option<bool> Json { get; } = new("--json")
    {
        Description = "Print JSON: one document a line.",
        Recursive = true,
    };

    /// <summary>How long a lost connection is tried again.</summary>
    public Option<double?> Reconnect { get; } = OptionForms.Duration(
        "--reconnect", "How long to try to get a lost connection back (30s, 5m; 0: not at all). Default: as long as it takes.");

    /// <summary>Puts them on every command.</summary>
    public void AddTo(RootCommand root)
    {
        root.Options.Add(Url);
        root.Options.Add(Token);
        root.Options.Add(Json);
        Reconnect.Recursive = true;
        root.Options.Add(Reconnect);
    }

    /// <summary>Prints <paramref name="record"/> for scripts, or for people as <paramref name="forPeople"/> does.</summary>
    public void Print<T>(ParseResult words, T record, Action forPeople)
    {
        if (words.GetValue(Json))
        {
            JsonLines.Print(record);
        }
        else
        {
            forPeople();
        }
    }

    /// <summary>Prints events for scripts or for people.</summary>
    public IEventPrinter Printer(ParseResult words, bool quiet) => words.GetValue(Json) ? new JsonPrinter() : new BytesPrinter(quiet, TimeProvider.System);

    /// <summary>Connects as these options say. An interruption is told, unless <paramref name="quiet"/>.</summary>
    public async Task<CcSignalClient> ConnectAsync(ParseResult words, CancellationToken cancellationToken, bool quiet = false)
    {
        var client = await CcSignalClient.ConnectAsync(ClientOptions(words), cancellationToken);
        if (!quiet)
        {
            client.StateChanged += new ConnectionNews(TimeProvider.System).Tell;
        }

        return client;
    }

    /// <summary>The same server's endpoints for downloads, with what opens them.</summary>
    public HttpClient OpenHttp(ParseResult words)
    {
        var server = ServerAddress.Find(ClientOptions(words), Environment.GetEnvironmentVariable);
        return new HttpClient(new SocketsHttpHandler { UseProxy = !server.IsLocal })
        {
            BaseAddress = new Uri(server.Url.AbsoluteUri.TrimEnd('/') + "/"),
            DefaultRequestHeaders = { Authorization = server.Token is { } token ? new("Bearer", token) : null },
        };
    }

    private CcSignalClientOptions ClientOptions(ParseResult words) => new()
    {
        Url = words.GetValue(Url) is { } url ? ToUri(url) : null,
        Token = words.GetValue(Token),
        Reconnect = words.GetValue(Reconnect) is { } seconds
            ? ReconnectPolicy.Forever with { MaxDuration = TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.MaxValue.TotalSeconds / 2)) }
            : ReconnectPolicy.Forever,
    };

    private static Uri ToUri(string url) => Uri.TryCreate(url, UriKind.Absolute, out var parsed)
        ? parsed
        : throw new ArgumentException($"'{url}' is not the address of a server: it must be like {Defaults.Url}.");
}
