using System.Diagnostics;
using CcSignal.Load.Reporting.Model;

namespace CcSignal.Load.Health;

/// <summary>Looks at server and client once a second, until it is disposed. Owns the loops that do.</summary>
internal sealed class HealthSampler : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private readonly List<HealthSample> _samples = [];
    private readonly CancellationTokenSource _ended = new();
    private readonly Func<double> _secondsOfRun;
    private readonly Func<int?> _serverProcess;
    private readonly Activity _activity;
    private readonly Task _loops;
    private double _lagMs;

    public HealthSampler(Func<double> secondsOfRun, Func<int?> serverProcess, Activity activity)
    {
        (_secondsOfRun, _serverProcess, _activity) = (secondsOfRun, serverProcess, activity);
        _loops = Task.WhenAll(BeatAsync(), SampleAsync());
    }

    public IReadOnlyList<HealthSample> Samples
    {
        get
        {
            lock (_lock)
            {
                return [.. _samples];
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _loops;
        _ended.Dispose();
    }

    // A timer that comes late is what a measurement on this machine would be late by.
    private async Task BeatAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            await Task.Delay(Beat, TimeProvider.System, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var late = (Stopwatch.GetElapsedTime(began) - Beat).TotalMilliseconds;
            lock (_lock)
            {
                _lagMs = Math.Max(_lagMs, late);
            }
        }
    }

    private async Task SampleAsync()
    {
        using var self = Process.GetCurrentProcess();
        await using var runtime = new ServerRuntime();
        var before = (Process: 0, Cpu: TimeSpan.Zero);
        var (client, at) = (self.TotalProcessorTime, Stopwatch.GetTimestamp());
        while (!_ended.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            self.Refresh();
            var window = Stopwatch.GetElapsedTime(at);
            at = Stopwatch.GetTimestamp();
            var process = _serverProcess();
            var server = process is { } id ? ProcessFigures.Of(id) : null;
            var share = server is not null && before.Process == process ? (server.Cpu - before.Cpu) / window * 100 : (double?)null;
            Add(server, share, server is null ? null : await runtime.TakeAsync(process!.Value), (self.TotalProcessorTime - client) / window / Environment.ProcessorCount * 100, self.WorkingSet64 / 1e6);
            before = (process ?? 0, server?.Cpu ?? TimeSpan.Zero);
            client = self.TotalProcessorTime;
        }
    }

    private void Add(ProcessFigures? server, double? serverCpu, RuntimeFigures? runtime, double clientCpu, double clientMb)
    {
        lock (_lock)
        {
            _samples.Add(new()
            {
                Second = _secondsOfRun(),
                ServerCpuPercent = serverCpu,
                ServerMemoryMb = server?.MemoryMb,
                ServerThreads = server?.Threads,
                ServerDescriptors = server?.Descriptors,
                ServerCollections = runtime?.Collections,
                ServerPauseMs = runtime?.PauseMs,
                ServerHeapMb = runtime?.HeapMb,
                ServerQueue = runtime?.Queue,
                Executions = _activity.Executions,
                Connections = _activity.Connections,
                ClientCpuPercent = clientCpu,
                ClientMemoryMb = clientMb,
                ClientTimerLagMs = _lagMs,
                ClientQueue = ThreadPool.PendingWorkItemCount,
                ClientCollections = GC.CollectionCount(0),
            });
            _lagMs = 0;
        }
    }
}
