namespace CcSignal.Load.CommandLine;

/// <summary>Scenarios that are run together, and how much of each.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Purpose">For its help.</param>
/// <param name="Scenarios">Their ids, in order.</param>
/// <param name="Scale">A factor on counts; <c>--scale</c> is multiplied with it.</param>
/// <param name="Duration">How long scenarios of a set length take; null: each its own.</param>
internal sealed record Profile(string Name, string Purpose, IReadOnlyList<string> Scenarios, double Scale = 1, TimeSpan? Duration = null)
{
    private static readonly string[] Seed =
    [
        "simple-prompt", "large-output", "self-reflection", "json-streaming", "timeout-recovery", "concurrent-requests", "error-handling", "environment",
        "buffer-chunking", "missing-verbose",
    ];

    private static readonly string[] Stress =
    [
        "throughput", "starts", "first-byte", "fan-out", "many", "connection-storm", "slow-reader", "reconnect", "server-kill", "cancel-zoo", "queue", "pause", "comparison",
    ];

    public static IReadOnlyList<Profile> All { get; } =
    [
        new(
            "smoke", "A little of everything in less than a minute; the default.",
            ["simple-prompt", "json-streaming", "missing-verbose", "timeout-recovery", "error-handling", "environment", "throughput", "starts", "fan-out", "reconnect", "cancel-zoo"],
            Scale: 0.1, Duration: TimeSpan.FromSeconds(3)),
        new("seed", "The nine tests of the report it began with, done right, and what made them fail.", Seed),
        new("stress", "Every promise under load.", Stress),
        new("compare", "The same work through the hub and through others, in turns.", ["comparison"]),
        new("soak", "Ten minutes of the same work: nothing may grow. --duration makes it longer.", ["soak"]),
    ];
}
