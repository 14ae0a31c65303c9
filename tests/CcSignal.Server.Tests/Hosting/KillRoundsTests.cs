using System.Globalization;
using CcSignal.Contracts;
using CcSignal.TestKit;

namespace CcSignal.Server.Tests.Hosting;

/// <summary>
/// The server killed at random moments, also while it starts commands or takes them back, with 20 of them alive: each has the end that it really had,
/// and every byte. <c>CCSIGNAL_KILL_ROUNDS=50</c> makes it the long test.
/// </summary>
public sealed class KillRoundsTests
{
    private const int Alive = 20;
    private static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("CCSIGNAL_KILL_ROUNDS") ?? "5", CultureInfo.InvariantCulture);

    [Fact(Timeout = 900_000)]
    public async Task Whatever_runs_when_the_server_is_killed_ends_as_it_ends_with_every_byte()
    {
        using var data = new TempDirectory();
        await using var server = await ServerExecutable.StartAsync(
            data.Path, FreeAddress.Setting(), ("CcSignal:Admission:MaxRunning", "100"), ("CcSignal:Profiles:default:DrainGraceSeconds", "60"));
        var client = new Persistent(server);
        var random = new Random(20261122);
        var started = new List<Creature>();
        for (var round = 0; round < Rounds; round++)
        {
            var born = Enumerable.Range(0, Alive).Select(number => Creature.Of(started.Count + number, random)).ToList();
            started.AddRange(born);
            var starting = Task.WhenAll(born.Select(creature => client.StartAsync(creature.Request)));
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 2_500)), TimeProvider.System, TestContext.Current.CancellationToken);
            await server.KillServerAsync();
            await starting;
        }

        var ends = new List<string>();
        foreach (var creature in started)
        {
            var (info, sha256) = await client.FollowAsync(creature.Request.Id!);
            if (info.End!.Code == EndCodes.StartInterrupted)
            {
                // Killed between making the process and naming it: the one thing that nobody can know.
                ends.Add("interrupted");
                continue;
            }

            info.End.ShouldBe(creature.End, creature.Request.Id);
            sha256.ShouldBe(Child.Sha256(creature.Bytes, creature.Seed), creature.Request.Id);
            ends.Add("exact");
        }

        TestContext.Current.SendDiagnosticMessage(
            $"{Rounds} kills, {server.Starts} servers came to listen; {string.Join(", ", ends.CountBy(end => end).Select(end => $"{end.Value} {end.Key}"))}.");
        ends.Count(end => end == "exact").ShouldBeGreaterThan(started.Count * 9 / 10);
        server.LivingCommands.ShouldBeEmpty();
    }

    /// <summary>One command, and how it must end.</summary>
    private sealed record Creature(ExecutionRequest Request, ExecutionEnd End, long Bytes, long Seed)
    {
        public static Creature Of(int number, Random random)
        {
            var pause = (random.NextDouble() * 4).ToString("0.000", CultureInfo.InvariantCulture);
            return (number % 4) switch
            {
                0 => Create(number, Exited(0), 20_000_000, "in-two", pause, "0"),
                1 => Create(number, Exited(number % 256), 3_000, "in-two", pause, $"{number % 256}"),
                2 => Create(number, new ExecutionEnd { Cause = EndCause.Signaled, Signal = "SIGSEGV" }, 100_000, "in-two", pause, "SIGSEGV"),
                _ => Create(number, Exited(7), 400_000, "orphan-in-two", pause, "7"),
            };
        }

        private static ExecutionEnd Exited(int code) => new() { Cause = EndCause.Exited, ExitCode = code };

        private static Creature Create(int number, ExecutionEnd end, long bytes, string verb, string pause, string how) => new(
            new ExecutionRequest { Id = $"c{number}", Command = Child.Path, Arguments = [verb, $"{bytes}", pause, how, $"{number}"] }, end, bytes, number);
    }
}
