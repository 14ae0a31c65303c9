using CcSignal.Load.Health;

namespace CcSignal.Load.Tests.Health;

public sealed class RuntimeCountersTests
{
    [Fact(Timeout = 60_000)]
    public async Task A_runtime_tells_its_collections_and_its_heap()
    {
        await using var counters = (await RuntimeCounters.AttachAsync(Environment.ProcessId)).ShouldNotBeNull();

        RuntimeFigures? seen = null;
        while (seen is not { Collections: > 0 })
        {
            GC.Collect();
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken); // it tells once a second, and nobody else does
            seen = counters.Last;
        }

        seen.HeapMb.ShouldBeGreaterThan(0);
        seen.PauseMs.ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public async Task A_process_that_is_none_tells_nothing() => (await RuntimeCounters.AttachAsync(int.MaxValue)).ShouldBeNull();
}
