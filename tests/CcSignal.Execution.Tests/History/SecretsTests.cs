using System.Text;
using CcSignal.Contracts;
using CcSignal.Execution.History;
using CcSignal.TestKit;
using static CcSignal.Execution.Tests.History.TemporaryHistory;

namespace CcSignal.Execution.Tests.History;

public sealed class SecretsTests
{
    [Fact]
    public async Task The_environment_of_a_claimed_execution_is_nowhere_on_the_disk()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        await store.StartAsync(New(store, WithSecret(1, 40)));
        OnDisk(history).ShouldContain(Secret(1), Case.Sensitive, "or this test sees nothing");

        (await store.ClaimAsync(1)).ShouldHaveSingleItem().Request.Environment!["API_KEY"].ShouldStartWith(Secret(1));

        await UntilGoneAsync(history, Secret(1));
    }

    [Fact]
    public async Task The_environment_of_one_that_is_cancelled_while_it_waits_is_nowhere_on_the_disk()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        var execution = New(store, WithSecret(1, 40));
        await store.StartAsync(execution);

        await store.EndQueuedAsync(execution.Number, Ended(execution.Info, EndCause.Cancelled));

        await UntilGoneAsync(history, Secret(1));
    }

    // Pages split and merge while entries of all sizes come and go in any order; what SQLite moves it must not leave behind.
    [Fact]
    public async Task No_environment_stays_behind_when_many_of_all_sizes_come_and_go()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        var random = new Random(7);
        var sizes = new[] { 20, 300, 900, 1500, 3000, 3900, 4100, 9000, 60_000 };
        var claims = new List<ClaimedExecution>();
        for (var i = 0; i < 600; i++)
        {
            var request = WithSecret(i, sizes[random.Next(sizes.Length)]) with { Priority = random.Next(-10, 11) };
            await store.StartAsync(New(store, request));
            if (random.Next(3) == 0)
            {
                claims.AddRange(await store.ClaimAsync(claims.Count + random.Next(4)));
            }
        }

        claims.AddRange(await store.ClaimAsync(1000));
        claims.Count.ShouldBe(600);

        await UntilGoneAsync(history, "secret-of-");
    }

    [Fact]
    public async Task A_server_that_was_killed_after_a_claim_leaves_no_environment_to_the_next_one()
    {
        // Its clock stands as one of the dead does. The log is cut off once a second at most: the second claim leaves its secret there.
        await using var history = new TemporaryHistory { Time = new SettableClock(1_800_000_000_000) };
        var old = await history.OpenReadyAsync();
        foreach (var number in new[] { 1, 2 })
        {
            await old.StartAsync(New(old, WithSecret(number, 40)));
            await old.ClaimAsync(number);
        }

        OnDisk(history).ShouldContain(Secret(2), Case.Sensitive, "or this test sees nothing");
        await history.OpenReadyAsync();

        await UntilGoneAsync(history, "secret-of-");
    }

    private static ExecutionRequest WithSecret(int number, int length) => new()
    {
        Command = "echo",
        Environment = new Dictionary<string, string> { ["API_KEY"] = string.Concat(Enumerable.Repeat(Secret(number), length / Secret(number).Length + 1)) },
    };

    private static string Secret(int number) => $"secret-of-{number:D4};";

    private static async Task UntilGoneAsync(TemporaryHistory history, string secret)
    {
        await Eventually.Holds(
            () => !OnDisk(history).Contains(secret, StringComparison.Ordinal), cancellationToken: TestContext.Current.CancellationToken, what: $"'{secret}' is gone");
    }

    private static string OnDisk(TemporaryHistory history)
    {
        var all = new StringBuilder();
        foreach (var file in Directory.GetFiles(history.DataDirectory))
        {
            // To the end wherever that is by then: the log is cut off while this reads.
            using var text = new StreamReader(file, Encoding.Latin1);
            all.Append(text.ReadToEnd());
        }

        return all.ToString();
    }
}
