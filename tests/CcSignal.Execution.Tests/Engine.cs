using CcSignal.Contracts;
using CcSignal.Execution.Watching;
using CcSignal.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CcSignal.Execution.Tests;

/// <summary>The whole engine without a server, with a launcher of the test's choice and a data directory of its own.</summary>
internal sealed class Engine : IAsyncDisposable
{
    public static readonly Caller Admin = new("admin", Administrator: true);

    private readonly TempDirectory _temp = new();
    private readonly NoProcessLeft _processes = new();
    private readonly IHost _host;

    private Engine(string launcher, (string Key, string Value)[] settings)
    {
        Directory.CreateDirectory(WorkingDirectory);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["CcSignal:DataDirectory"] = DataDirectory,
            ["CcSignal:Processes:Launcher"] = launcher,
            ["CcSignal:Profiles:default:Commands:0"] = "*",
            ["CcSignal:Profiles:default:Roots:0"] = "/",
            ["CcSignal:Profiles:default:WorkingDirectory"] = WorkingDirectory,
            ["CcSignal:Profiles:default:AllowEnvironment:0"] = "*",
            [$"CcSignal:Profiles:default:Environment:{NoProcessLeft.Variable}"] = _processes.Cookie,
            ["CcSignal:Profiles:default:Environment:DOTNET_ROOT"] = Child.DotnetRoot,
            ["CcSignal:Profiles:default:StopGraceSeconds"] = "20",
        });
        builder.Configuration.AddInMemoryCollection(settings.Reverse().DistinctBy(setting => setting.Key).Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Services.AddExecution(builder.Configuration);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        _host = builder.Build();
    }

    public string DataDirectory => _temp["data"];

    public string WorkingDirectory => _temp["work"];

    public IReadOnlyList<string> LivingCommands => _processes.Living;

    public ExecutionService Service => _host.Services.GetRequiredService<ExecutionService>();

    public IServiceProvider Services => _host.Services;

    public Watches Watches => _host.Services.GetRequiredService<Watches>();

    public RunningCommands Commands => _host.Services.GetRequiredService<RunningCommands>();

    public static async Task<Engine> StartAsync(string launcher = "auto", params (string Key, string Value)[] settings)
    {
        var engine = new Engine(launcher, settings);
        await engine._host.StartAsync(TestContext.Current.CancellationToken);
        return engine;
    }

    public Task DrainAsync() => _host.Services.GetRequiredService<ExecutionEngine>().DrainAsync();

    /// <summary>A request for the child program.</summary>
    public static ExecutionRequest Request(params string[] arguments) => new() { Command = Child.Path, Arguments = arguments };

    /// <summary>Runs it to its end; every event, with bytes of its own.</summary>
    public async Task<List<ExecutionEvent>> RunAsync(ExecutionRequest request)
    {
        var info = await Service.StartAsync(request, Admin);
        return await FollowToEndAsync(info.Id);
    }

    public Task<List<ExecutionEvent>> RunAsync(params string[] arguments) => RunAsync(Request(arguments));

    public async Task<List<ExecutionEvent>> FollowToEndAsync(string id, FollowOptions? options = null)
    {
        var events = new List<ExecutionEvent>();
        await foreach (var item in FollowAsync(id, options))
        {
            events.Add(item);
        }

        return events;
    }

    public async IAsyncEnumerable<ExecutionEvent> FollowAsync(string id, FollowOptions? options = null)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var subscription = await Service.FollowAsync(id, options, Admin, cancellationToken);
        await foreach (var item in subscription.EventsAsync(cancellationToken))
        {
            yield return item with { Data = item.Data?.ToArray() };
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable host)
        {
            await host.DisposeAsync();
        }

        await _processes.DisposeAsync();
        _temp.Dispose();
    }
}
