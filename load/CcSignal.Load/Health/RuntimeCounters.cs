using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;

namespace CcSignal.Load.Health;

/// <summary>
/// The counters of another .NET process (EventCounters of System.Runtime), over the socket that each runtime opens to its own user. Owns the session and the loop that reads it.
/// </summary>
internal sealed class RuntimeCounters : IAsyncDisposable
{
    private const string Provider = "System.Runtime";
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    private readonly EventPipeSession _session;
    private readonly Task _reading;
    private readonly Dictionary<string, double> _now = [];
    private RuntimeFigures? _last;

    private RuntimeCounters(EventPipeSession session)
    {
        _session = session;
        _reading = Task.Factory.StartNew(Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>What the last whole second was; null: none has been told yet.</summary>
    public RuntimeFigures? Last => Volatile.Read(ref _last);

    /// <summary>Null: the process tells nothing to this user.</summary>
    public static async Task<RuntimeCounters?> AttachAsync(int process)
    {
        var counters = new EventPipeProvider(Provider, EventLevel.Informational, arguments: new Dictionary<string, string> { ["EventCounterIntervalSec"] = "1" });
        try
        {
            return new RuntimeCounters(await new DiagnosticsClient(process).StartEventPipeSessionAsync([counters], requestRundown: false, circularBufferMB: 1, CancellationToken.None));
        }
        catch (Exception error) when (IsGone(error))
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(StopPatience);
            await _session.StopAsync(patience.Token);
        }
        catch (Exception error) when (IsGone(error) || error is OperationCanceledException)
        {
            // It was killed, and its session with it.
        }

        _session.Dispose();
        await _reading;
    }

    private void Read()
    {
        try
        {
            using var source = new EventPipeEventSource(_session.EventStream);
            source.Dynamic.All += Take;
            source.Process();
        }
        catch (Exception error) when (IsGone(error) || error is ObjectDisposedException or FormatException)
        {
            // The process was killed in the middle of a word.
        }
    }

    private void Take(TraceEvent item)
    {
        if (item.ProviderName != Provider || item.EventName != "EventCounters" ||
            item.PayloadValue(0) is not IDictionary<string, object> outer || outer["Payload"] is not IDictionary<string, object> counter)
        {
            return;
        }

        var name = (string)counter["Name"];
        _now[name] = Convert.ToDouble(counter.TryGetValue("Increment", out var increment) ? increment : counter["Mean"], System.Globalization.CultureInfo.InvariantCulture);
        if (_now.TryGetValue("gen-0-gc-count", out var collections) && _now.TryGetValue("total-pause-time-by-gc", out var pause) && // every collection is one of generation 0 too
            _now.TryGetValue("gc-heap-size", out var heap) && _now.TryGetValue("threadpool-queue-length", out var queue))
        {
            Volatile.Write(ref _last, new RuntimeFigures(collections, pause, heap, queue));
            _now.Clear();
        }
    }

    private static bool IsGone(Exception error) => error is DiagnosticsClientException or IOException or TimeoutException;
}
