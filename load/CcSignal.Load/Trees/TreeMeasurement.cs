using System.Diagnostics;
using System.Globalization;
using CcSignal.Client;
using CcSignal.Contracts;
using CcSignal.Load.Compare;
using CcSignal.Load.Subjects;

namespace CcSignal.Load.Trees;

/// <summary>One server that holds its process trees together in one way, and what that costs. Owns the server and a connection to it.</summary>
internal sealed class TreeMeasurement : IAsyncDisposable
{
    private const int IdleAtOnce = 32;

    private readonly ServerUnderLoad _server;
    private readonly CcSignalClient _client;

    private TreeMeasurement(string groups, ServerUnderLoad server, CcSignalClient client) => (Groups, _server, _client) = (groups, server, client);

    /// <summary>The commands that are cancelled: from one process to a tree that left the session and ignores the polite signal.</summary>
    public static IReadOnlyList<(string Name, string Script)> Commands { get; } =
    [
        ("one process", "exec sleep 600"),
        ("ten in the group", "for i in 1 2 3 4 5 6 7 8 9; do sleep 600 & done; echo ready; wait"),
        ("double fork into a session of its own", "(setsid sh -c 'sleep 600' >/dev/null 2>&1 &); echo ready; exec sleep 600"),
    ];

    /// <summary>How its trees are held together: <c>v2</c> or <c>none</c>.</summary>
    public string Groups { get; }

    /// <summary>A server of its own; null: this machine cannot hold trees together like that.</summary>
    public static async Task<TreeMeasurement?> StartAsync(string groups, int idle, CancellationToken cancellationToken)
    {
        var server = await ServerUnderLoad.StartAsync(
            cancellationToken,
            ("CcSignal__Processes__ControlGroups", groups == "v2" ? "auto" : groups),
            ("CcSignal__Admission__MaxRunning", (idle + IdleAtOnce).ToString(CultureInfo.InvariantCulture)));
        var client = await CcSignalClient.ConnectAsync(new CcSignalClientOptions { Url = server.Url, Token = server.Token }, cancellationToken);
        var measurement = new TreeMeasurement(groups, server, client);
        if ((await client.DescribeAsync(cancellationToken)).Features.Cgroup == groups)
        {
            return measurement;
        }

        await measurement.DisposeAsync();
        return null;
    }

    /// <summary>Milliseconds from the call to the known end of <c>/bin/true</c>, one after another.</summary>
    public async Task<Figures> StartsAsync(int count, CancellationToken cancellationToken)
    {
        var figures = new Figures();
        for (var i = 0; i < count; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await EndOfAsync(_client.RunAsync(new ExecutionRequest { Command = "/bin/true" }, cancellationToken: cancellationToken));
            figures.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return figures;
    }

    /// <summary>Milliseconds from the call of <c>Cancel</c> to the <c>ended</c> event, which is sent when nothing of the tree is left.</summary>
    public async Task<Figures> CancelsAsync(string script, int count, CancellationToken cancellationToken)
    {
        var figures = new Figures();
        for (var i = 0; i < count; i++)
        {
            var request = new ExecutionRequest { Id = Guid.CreateVersion7().ToString("N"), Command = "/bin/sh", Arguments = ["-c", $"echo ready; {script}"] };
            long began = 0;
            await foreach (var item in _client.RunAsync(request, cancellationToken: cancellationToken))
            {
                if (item.Kind == EventKind.Output && began == 0)
                {
                    began = Stopwatch.GetTimestamp();
                    await _client.CancelAsync(request.Id, cancellationToken: cancellationToken);
                }
            }

            figures.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return figures;
    }

    /// <summary>What so many commands that do nothing cost the server, each: resident memory in bytes, and descriptors.</summary>
    public async Task<(double Bytes, double Descriptors)> IdleAsync(int count, CancellationToken cancellationToken)
    {
        var processId = (await _client.DescribeAsync(cancellationToken)).ProcessId;
        var (memory, descriptors) = Of(processId);
        var ids = Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7().ToString("N")).ToArray();
        var options = new ParallelOptions { MaxDegreeOfParallelism = IdleAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(ids, options, async (id, token) =>
        {
            var request = new ExecutionRequest { Id = id, Command = "/bin/sh", Arguments = ["-c", "echo ready; exec sleep 600"] };
            await foreach (var item in _client.RunAsync(request, cancellationToken: token))
            {
                if (item.Kind == EventKind.Output)
                {
                    break;
                }
            }
        });
        var (memoryThen, descriptorsThen) = Of(processId);
        await Parallel.ForEachAsync(ids, options, async (id, token) =>
        {
            await _client.CancelAsync(id, cancellationToken: token);
            await EndOfAsync(_client.FollowAsync(id, cancellationToken: token));
        });
        return ((memoryThen - memory) / (double)count, (descriptorsThen - descriptors) / (double)count);
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }

    private static async Task EndOfAsync(IAsyncEnumerable<ExecutionEvent> events)
    {
        if (await events.LastAsync() is not { Kind: EventKind.Ended })
        {
            throw new InvalidOperationException("A stream completed without an end.");
        }
    }

    private static (long Bytes, int Descriptors) Of(int processId)
    {
        const string Resident = "VmRSS:";
        var line = File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith(Resident, StringComparison.Ordinal));
        var kibibytes = long.Parse(line[Resident.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        return (kibibytes * 1024, Directory.GetFiles($"/proc/{processId}/fd").Length);
    }
}
