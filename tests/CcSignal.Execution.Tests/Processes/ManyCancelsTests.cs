using System.Globalization;
using CcSignal.Contracts;

namespace CcSignal.Execution.Tests.Processes;

/// <summary>What one cancel leaves would be seen after many. Alone: descriptors and children are the whole process's, and other tests have theirs.</summary>
[Collection(nameof(Alone))]
public sealed class ManyCancelsTests
{
    // CCSIGNAL_TEST_CANCELS=1000 makes it the long test.
    [Theory(Timeout = 3_600_000), EveryTree]
    public async Task Many_cancels_of_every_kind_leave_neither_process_nor_zombie_nor_descriptor(string groups)
    {
        var rounds = int.Parse(Environment.GetEnvironmentVariable("CCSIGNAL_TEST_CANCELS") ?? "27", CultureInfo.InvariantCulture);
        await using var engine = await Trees.StartAsync(groups);
        await Creature.CancelWhenReadyAsync(engine, new Creature().Request("polite"));
        var before = Descriptors();

        for (var round = 0; round < rounds; round++)
        {
            var creature = new Creature();
            var name = Creature.Findable[round % Creature.Findable.Length];
            (await Creature.CancelWhenReadyAsync(engine, creature.Request(name))).Cause.ShouldBe(EndCause.Cancelled);
            creature.Living.ShouldBeEmpty($"{name} in round {round}");
        }

        Descriptors().ShouldBeLessThanOrEqualTo(before + 3, "the pool of the test itself may grow");
        Zombies().ShouldBeEmpty();
    }

    private static int Descriptors() => Directory.GetFiles("/proc/self/fd").Length;

    private static IEnumerable<string> Zombies() =>
        from task in Directory.EnumerateDirectories("/proc/self/task")
        from child in (TryRead(Path.Combine(task, "children")) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
        let stat = TryRead($"/proc/{child}/stat")
        where stat?.Contains(") Z ", StringComparison.Ordinal) == true
        select stat;

    private static string? TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return null; // it ended while we looked
        }
    }
}
