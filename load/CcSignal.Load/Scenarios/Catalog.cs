using CcSignal.Load.Scenarios.Seed;
using CcSignal.Load.Scenarios.Stress;

namespace CcSignal.Load.Scenarios;

/// <summary>Every scenario there is. A new one is a file with its card, and a line here.</summary>
internal static class Catalog
{
    public static IReadOnlyList<LoadScenario> All { get; } =
    [
        SimplePrompt.Card, LargeOutput.Card, SelfReflection.Card, JsonStreaming.Card, TimeoutRecovery.Card,
        ConcurrentRequests.Card, ErrorHandling.Card, EnvironmentValidation.Card, BufferChunking.Card, MissingVerbose.Card,
        Throughput.Card, Starts.Card, FirstByte.Card, FanOut.Card, Many.Card, ConnectionStorm.Card, SlowReader.Card,
        Reconnect.Card, ServerKill.Card, CancelZoo.Card, Queue.Card, Pause.Card, Soak.Card, BesideOthers.Card,
    ];
}
