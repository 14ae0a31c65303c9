using CcSignal.Load.Health;
using CcSignal.Load.Reporting.Model;

namespace CcSignal.Load.Tests.Runs;

public sealed class SaturationTests
{
    [Fact]
    public void A_client_that_keeps_up_is_not_saturated() => Saturation.Of(Seconds(8, Quiet)).ShouldBeNull();

    [Fact]
    public void One_bad_second_of_many_is_a_hiccup() => Saturation.Of([Quiet with { ClientTimerLagMs = 900 }, .. Seconds(8, Quiet)]).ShouldBeNull();

    [Fact]
    public void Timers_that_come_late_again_and_again_saturate() =>
        Saturation.Of([.. Seconds(2, Quiet with { ClientTimerLagMs = 200 }), .. Seconds(4, Quiet)]).ShouldNotBeNull().ShouldContain("2 of 6 seconds");

    [Fact]
    public void A_processor_that_is_used_up_saturates() => Saturation.Of(Seconds(4, Quiet with { ClientCpuPercent = 99 })).ShouldNotBeNull().ShouldContain("CPU");

    [Fact]
    public void Work_that_waits_for_threads_saturates() => Saturation.Of(Seconds(4, Quiet with { ClientQueue = 5000 })).ShouldNotBeNull().ShouldContain("threads");

    private static HealthSample Quiet => new()
    {
        Second = 1,
        Executions = 0,
        Connections = 0,
        ClientCpuPercent = 5,
        ClientMemoryMb = 50,
        ClientTimerLagMs = 1,
        ClientQueue = 0,
        ClientCollections = 0,
    };

    private static HealthSample[] Seconds(int count, HealthSample sample) => [.. Enumerable.Repeat(sample, count)];
}
