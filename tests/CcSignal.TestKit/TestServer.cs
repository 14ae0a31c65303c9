using CcSignal.Client;
using CcSignal.Contracts;
using CcSignal.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace CcSignal.TestKit;

/// <summary>
/// The real server in this process: Kestrel on a free port, a data directory of its own, a profile that lets anything run. Its disposal stops it
/// as Ctrl+C does, and fails if any command of it is still there.
/// </summary>
public sealed class TestServer : IAsyncDisposable
{
    /// <summary>The administrator's token.</summary>
    public const string Token = "the-token-of-the-administrator-in-tests";

    private readonly TempDirectory _data;
    private readonly NoProcessLeft _processes;
    private readonly WebApplication _application;

    private TestServer(TempDirectory data, NoProcessLeft processes, WebApplication application)
    {
        _data = data;
        _processes = processes;
        _application = application;
    }

    /// <summary>Where it listens.</summary>
    public Uri Url => new(_application.Urls.Single());

    /// <summary>Its data directory.</summary>
    public string DataDirectory => _data["data"];

    /// <summary>Where commands start that name no directory.</summary>
    public string WorkingDirectory => _data["work"];

    /// <summary>Its parts, for tests that look inside.</summary>
    public IServiceProvider Services => _application.Services;

    /// <summary>What it has logged so far, all files.</summary>
    public string Log => LogFiles.ReadAll(DataDirectory);

    /// <summary>The commands of it that live now, as <c>pid: command line</c>.</summary>
    public IReadOnlyList<string> LivingCommands => _processes.Living;

    /// <summary>Starts one.</summary>
    /// <param name="settings">Configuration beside that of the tests, e.g. <c>("CcSignal:Admission:MaxRunning", "1")</c>.</param>
    public static async Task<TestServer> StartAsync(params (string Key, string Value)[] settings)
    {
        var data = new TempDirectory();
        var processes = new NoProcessLeft();
        Directory.CreateDirectory(data["work"]);
        var configuration = TestConfiguration.For(data["data"], data["work"], processes, Token, settings);
        var application = ServerApplication.Create([], builder => builder.Configuration.AddInMemoryCollection(configuration));
        await application.StartAsync();
        return new TestServer(data, processes, application);
    }

    /// <summary>Connects the .NET client.</summary>
    public Task<CcSignalClient> ConnectAsync(WireFormat format = WireFormat.MessagePack, CancellationToken cancellationToken = default) =>
        CcSignalClient.ConnectAsync(new CcSignalClientOptions { Url = Url, Token = Token, Format = format }, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
        await _processes.DisposeAsync();
        _data.Dispose();
    }
}
