using CcSignal.Client;
using CcSignal.Contracts;
using CcSignal.Load.CommandLine;
using CcSignal.Load.Health;
using CcSignal.Load.Subjects;

namespace CcSignal.Load.Runs;

/// <summary>What scenarios work with: the server under test, connections to it, the child program, and choices that a seed decides.</summary>
internal sealed class Bench(RunOptions options, Uri url, string? token, ServerUnderLoad? own, Activity activity, CancellationToken stopping)
{
    /// <summary>How long anything that should take a moment may take on a loaded machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public Uri Url => url;

    public string? Token => token;

    /// <summary>The server, where it is this run's own and may be killed.</summary>
    public ServerUnderLoad? Own => own;

    public string? Agent => options.Agent;

    /// <summary>What the run was asked for.</summary>
    public RunOptions Options => options;

    /// <summary>Fires when the run is to end before its time.</summary>
    public CancellationToken Stopping => stopping;

    /// <summary>The factor on counts and sizes.</summary>
    public double Scale => options.Scale;

    /// <summary>So many, or what <c>--scale</c> makes of it; at least one.</summary>
    public int Count(int basis) => Math.Max(1, (int)Math.Round(basis * options.Scale));

    /// <summary>So long, or what <c>--duration</c> says.</summary>
    public TimeSpan During(double seconds) => options.Duration ?? TimeSpan.FromSeconds(seconds);

    /// <summary>The same choices for the same seed, scenario and place in it, in whatever order iterations run.</summary>
    public Random RandomFor(string scenario, long place = 0)
    {
        var mixed = (ulong)options.Seed;
        foreach (var letter in $"{scenario}/{place}")
        {
            mixed = (mixed ^ letter) * 0x100000001B3; // FNV-1a: string.GetHashCode differs from run to run
        }

        return new Random((int)(mixed ^ (mixed >> 32)));
    }

    /// <summary>What a connection does that is to be interrupted: it goes on by itself, and gives up after this run's patience.</summary>
    public static ReconnectPolicy GoesOn { get; } = new() { MaxDuration = Patience };

    /// <summary>A new connection, counted as long as it is not disposed. Where nobody interrupts it, an interruption is a failure that must be seen: it does not go on.</summary>
    public Task<BenchClient> ConnectAsync(CancellationToken cancellationToken) => ConnectAsync(url, ReconnectPolicy.Never, cancellationToken);

    /// <summary>A new connection by way of another address, as a proxy's, or one that goes on.</summary>
    public async Task<BenchClient> ConnectAsync(Uri by, ReconnectPolicy reconnect, CancellationToken cancellationToken)
    {
        var connection = new CcSignalClientOptions { Url = by, Token = token, Format = Options.Format, ConnectTimeout = TimeSpan.FromSeconds(20), Reconnect = reconnect };
        return new BenchClient(await CcSignalClient.ConnectAsync(connection, cancellationToken), activity);
    }

    /// <summary>A command of the child program.</summary>
    public static ExecutionRequest ChildRequest(params string[] words) =>
        new() { Id = Guid.CreateVersion7().ToString("N"), Command = Programs.Child, Arguments = words };

    /// <summary>A command of any program.</summary>
    public static ExecutionRequest Request(string command, params string[] arguments) =>
        new() { Id = Guid.CreateVersion7().ToString("N"), Command = command, Arguments = arguments };
}
