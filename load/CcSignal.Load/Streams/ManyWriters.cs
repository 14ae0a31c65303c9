using System.Globalization;
using System.Text;
using CcSignal.Client;
using CcSignal.Contracts;
using CcSignal.Load.Compare;

namespace CcSignal.Load.Streams;

/// <summary>Many executions that each write a line a second, with the time in it, and a follower of each: how old a line is when the client has it.</summary>
internal static class ManyWriters
{
    private const int StartsAtOnce = 16;

    // Without a process for each line: read -t waits on a pipe of its own that never has anything.
    private const string Script = "exec 9<> <(:); n=0; while [ $n -lt $1 ]; do echo $EPOCHREALTIME; n=$((n+1)); read -t 1 -u 9; done; true";

    /// <summary>The ages in milliseconds, without the first line of each: while others still start, the machine is busy with that.</summary>
    public static async Task<Figures> MeasureAsync(StreamedServer server, int executions, int seconds, CancellationToken cancellationToken)
    {
        var clients = await server.ConnectForAsync(executions, cancellationToken);
        using var starting = new SemaphoreSlim(StartsAtOnce);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = executions;
        var readings = await Task.WhenAll(clients.Select(client => Task.Run(() => FollowAsync(client), cancellationToken)));
        var figures = new Figures();
        foreach (var age in readings.SelectMany(ages => ages))
        {
            figures.Add(age);
        }

        return figures;

        async Task<List<double>> FollowAsync(CcSignalClient client)
        {
            await starting.WaitAsync(cancellationToken);
            var request = new ExecutionRequest { Command = "bash", Arguments = ["-c", Script, "bash", seconds.ToString(CultureInfo.InvariantCulture)] };
            var (ages, lines) = (new List<double>(), 0);
            await foreach (var item in client.RunAsync(request, cancellationToken: cancellationToken))
            {
                if (item.Kind != EventKind.Output)
                {
                    continue;
                }

                var now = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
                foreach (var line in Encoding.ASCII.GetString(item.Data!.Value.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries))
                {
                    if (lines++ == 0)
                    {
                        starting.Release();
                        _ = Interlocked.Decrement(ref left) == 0 && started.TrySetResult();
                    }
                    else if (started.Task.IsCompleted)
                    {
                        ages.Add((now - double.Parse(line, CultureInfo.InvariantCulture)) * 1000);
                    }
                }
            }

            return lines == seconds ? ages : throw new InvalidOperationException($"{lines} of {seconds} lines came.");
        }
    }
}
