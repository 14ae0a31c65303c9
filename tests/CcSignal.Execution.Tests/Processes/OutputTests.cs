using System.Security.Cryptography;
using System.Text;
using CcSignal.Contracts;
using CcSignal.TestKit;

namespace CcSignal.Execution.Tests.Processes;

/// <summary>What a command writes is what is recorded and read, byte for byte, whatever it is and however it is written.</summary>
public sealed class OutputTests
{
    [Theory, EveryLauncher]
    public async Task Both_streams_arrive_apart_and_whole(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher);

        var events = await engine.RunAsync("both", "200");

        var stdout = events.Text().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var stderr = events.Text(OutputStream.Stderr).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        stdout.Length.ShouldBe(200);
        stderr.Length.ShouldBe(200);
        events.End().ShouldBe(new ExecutionEnd { Cause = EndCause.Exited, ExitCode = 0 });
    }

    [Theory, EveryLauncher]
    public async Task A_flood_arrives_bit_for_bit(string launcher)
    {
        const long bytes = 50_000_000;
        await using var engine = await Engine.StartAsync(launcher);

        var events = await engine.RunAsync("flood", bytes.ToString());

        events.Last().Info!.StdoutBytes.ShouldBe(bytes);
        events.Sha256().ShouldBe(Child.Sha256(bytes));
    }

    [Theory, EveryLauncher]
    public async Task Every_byte_value_arrives(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher);

        var events = await engine.RunAsync("binary", "1000");

        events.Bytes().ShouldBe([.. Enumerable.Range(0, 256_000).Select(i => (byte)i)]);
    }

    [Theory, EveryLauncher]
    public async Task Ten_megabytes_on_one_line_arrive(string launcher)
    {
        const int bytes = 10_000_000;
        await using var engine = await Engine.StartAsync(launcher);

        var events = await engine.RunAsync("one-line", bytes.ToString());

        events.Bytes().Length.ShouldBe(bytes);
        events.Bytes().ShouldNotContain((byte)'\n');
    }

    [Theory, EveryLauncher]
    public async Task Bytes_written_one_by_one_arrive(string launcher)
    {
        const long bytes = 50_000;
        await using var engine = await Engine.StartAsync(launcher);

        var events = await engine.RunAsync("one-byte", bytes.ToString());

        events.Sha256().ShouldBe(Child.Sha256(bytes));
    }

    [Theory, EveryLauncher]
    public async Task Characters_split_between_writes_arrive(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher);

        var events = await engine.RunAsync("utf8-split", "100");

        new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(events.Bytes()).ShouldNotContain('\uFFFD');
    }

    [Theory, EveryLauncher]
    public async Task What_is_written_right_before_the_exit_arrives(string launcher)
    {
        const long bytes = 990_000;
        await using var engine = await Engine.StartAsync(launcher);

        var events = await engine.RunAsync("exit-undrained", bytes.ToString(), "3");

        events.Sha256().ShouldBe(Child.Sha256(bytes));
        events.End().ExitCode.ShouldBe(3);
    }

    [Theory, EveryLauncher]
    public async Task A_recording_reads_the_same_after_the_end_as_live(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher);
        var live = await engine.RunAsync("flood", "3000000");
        var info = live.Last().Info!;

        var replay = await engine.FollowToEndAsync(info.Id);

        SHA256.HashData(replay.Bytes()).ShouldBe(SHA256.HashData(live.Bytes()));
        replay.First().Kind.ShouldBe(EventKind.Snapshot);
        replay.Last().Info!.ShouldBe(info, Comparisons.SameOnTheWire);
    }

    [Theory, EveryLauncher]
    public async Task Any_sequence_number_is_a_place_to_resume_from(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher);
        var whole = await engine.RunAsync("lines", "300");
        var id = whole.Last().Info!.Id;
        var all = whole.Bytes();

        foreach (var cut in whole.Where(item => item.Kind == EventKind.Output))
        {
            var rest = await engine.FollowToEndAsync(id, new FollowOptions { FromSequence = cut.Sequence!.Value + 1 });

            var missing = (int)(cut.Offset!.Value + cut.Data!.Value.Length);
            rest.Where(item => item.Kind == EventKind.Output).SelectMany(item => item.Data!.Value.ToArray()).ShouldBe(all[missing..]);
        }
    }

    [Theory, EveryLauncher]
    public async Task Writing_exactly_the_limit_is_allowed(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher);

        var events = await engine.RunAsync(Engine.Request("flood", "100000") with { MaxOutputBytes = 100_000 });

        events.End().ShouldBe(new ExecutionEnd { Cause = EndCause.Exited, ExitCode = 0 });
        events.Bytes().Length.ShouldBe(100_000);
    }

    [Theory, EveryLauncher]
    public async Task One_byte_past_the_limit_ends_it_with_exactly_the_limit_recorded(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher);

        var events = await engine.RunAsync(Engine.Request("flood", "100001") with { MaxOutputBytes = 100_000 });

        events.End().Cause.ShouldBe(EndCause.OutputLimit);
        events.Bytes().Length.ShouldBe(100_000);
        events.Last().Info!.StdoutBytes.ShouldBe(100_000);
    }

    [Theory, EveryLauncher]
    public async Task A_command_that_floods_for_ever_is_stopped_at_the_limit(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher);

        var events = await engine.RunAsync(Engine.Request("flood", "1000000000000") with { MaxOutputBytes = 1_000_000, StopGraceSeconds = 1 });

        events.End().Cause.ShouldBe(EndCause.OutputLimit);
        events.Bytes().Length.ShouldBe(1_000_000);
    }

    // The root may have gone before its last bytes are looked at: a cut output must not be told as a plain exit.
    [Theory, EveryLauncher]
    public async Task A_command_that_has_exited_before_its_output_passed_the_limit_still_ends_by_it(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher);
        for (var i = 0; i < 10; i++)
        {
            var events = await engine.RunAsync(new ExecutionRequest { Command = "echo", Arguments = ["hello world"], MaxOutputBytes = 5 });

            events.Text().ShouldBe("hello");
            events.End().Cause.ShouldBe(EndCause.OutputLimit);
        }
    }
}
