using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using CcSignal.Contracts;
using CcSignal.Execution;
using CcSignal.Server.Hubs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CcSignal.Server.Tests;

/// <summary>The real server on a free port with a data directory of its own, which it takes along when it ends.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    public const string Probe = "/probe";
    public const string Administrator = "an-administrator's-token-for-tests";
    public const string User = "the-token-of-a-user-for-tests";

    private RunningServer(string data, ManualTime time, WebApplication app)
    {
        Data = data;
        Time = time;
        App = app;
        Url = new Uri(app.Urls.Single());
    }

    /// <summary>Its data directory.</summary>
    public string Data { get; }

    public ManualTime Time { get; }

    public WebApplication App { get; }

    public Uri Url { get; }

    public string LogText
    {
        get
        {
            var log = Directory.GetFiles(Path.Combine(Data, "logs")).ShouldHaveSingleItem();
            using var reader = new StreamReader(new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return reader.ReadToEnd();
        }
    }

    public static Task<RunningServer> StartAsync(params (string Key, string Value)[] settings) => StartAsync(null, settings);

    /// <summary>With a certificate: encrypted.</summary>
    public static async Task<RunningServer> StartAsync(X509Certificate2? certificate, params (string Key, string Value)[] settings)
    {
        var data = Directory.CreateTempSubdirectory("ccsignal-test-").FullName;
        var time = new ManualTime();
        var configuration = settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value);
        configuration["urls"] = certificate is null ? "http://127.0.0.1:0" : "https://127.0.0.1:0";
        configuration[$"{DataDirectoryOptions.Section}:{nameof(DataDirectoryOptions.DataDirectory)}"] = data;
        configuration.TryAdd(Defaults.TokenVariable, Administrator);
        configuration.TryAdd("CcSignal:Access:Tokens:user:Sha256", Convert.ToHexString(Server.Access.Secret.Hash(User)));
        var app = ServerApplication.Create([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(configuration);
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate));
            builder.Services.AddSingleton<TimeProvider>(time);
            builder.Services.AddSingleton<ProbeEnds>();
        });
        app.MapExecutionHub<ProbeHub>(Probe);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningServer(data, time, app);
    }

    /// <summary>A client without a memory for cookies, with a token or without one.</summary>
    public HttpClient Client(string? token = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Url };
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        // A call that a failed test left open must not hold up the others.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10), TimeProvider.System);
        await App.StopAsync(patience.Token);
        await App.DisposeAsync();
        Directory.Delete(Data, recursive: true);
    }
}
