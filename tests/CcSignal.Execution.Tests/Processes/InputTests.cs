using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CcSignal.Contracts;
using CcSignal.Execution.Journal;
using CcSignal.Execution.Processes;
using CcSignal.TestKit;

namespace CcSignal.Execution.Tests.Processes;

/// <summary>Input reaches the command once, in order, and as far as the answer says.</summary>
public sealed class InputTests
{
    private static readonly (string, string) Impatient = ("CcSignal:Processes:InputPatienceSeconds", "0.2");

    // The portable launcher has no polite signal, and would wait in vain for what one does.
    private static readonly (string, string) Quick = ("CcSignal:Profiles:default:StopGraceSeconds", "0.2");

    [Theory, EveryLauncher]
    public async Task What_is_written_is_what_the_command_reads(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher, Quick);
        var id = await StartAsync(engine, "copy-stdin");

        (await WriteAsync(engine, id, 0, "hello ")).ShouldBe(6);
        (await WriteAsync(engine, id, 6, "world\n")).ShouldBe(12);
        await CloseAsync(engine, id);

        var events = await engine.FollowToEndAsync(id);
        events.Text().ShouldBe("hello world\n");
        events.End().ExitCode.ShouldBe(0);
    }

    [Theory, EveryLauncher]
    public async Task What_was_accepted_before_is_not_written_twice(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher, Quick);
        var id = await StartAsync(engine, "copy-stdin");

        (await WriteAsync(engine, id, 0, "abcd")).ShouldBe(4);
        (await WriteAsync(engine, id, 0, "abcd")).ShouldBe(4);
        (await WriteAsync(engine, id, 2, "cdef")).ShouldBe(6);
        (await WriteAsync(engine, id, 0, "")).ShouldBe(6);
        await CloseAsync(engine, id);
        (await WriteAsync(engine, id, 0, "abcdef")).ShouldBe(6, "a repeat is harmless after the close, too");

        (await engine.FollowToEndAsync(id)).Text().ShouldBe("abcdef");
    }

    [Theory, EveryLauncher]
    public async Task A_gap_is_a_conflict_that_names_both_numbers(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher, Quick);
        var id = await StartAsync(engine, "copy-stdin");
        await WriteAsync(engine, id, 0, "abc");

        var refusal = await RefusalAsync(() => WriteAsync(engine, id, 5, "x"));

        refusal.Code.ShouldBe(ErrorCodes.Conflict);
        refusal.Message.ShouldContain("3");
        refusal.Message.ShouldContain("5");
        await CloseAsync(engine, id);
        (await engine.FollowToEndAsync(id)).Text().ShouldBe("abc");
    }

    [Theory, EveryLauncher]
    public async Task Ten_megabytes_arrive_whole(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher, Quick);
        var id = await StartAsync(engine, "read-stdin");
        var bytes = new byte[10_000_000];
        new Random(5).NextBytes(bytes);

        await WriteAllAsync(engine, id, bytes);
        await CloseAsync(engine, id);

        var expected = string.Create(CultureInfo.InvariantCulture, $"{bytes.Length} {Convert.ToHexStringLower(SHA256.HashData(bytes))}\n");
        (await engine.FollowToEndAsync(id)).Text().ShouldBe(expected);
    }

    [Theory, EveryLauncher]
    public async Task A_command_that_never_reads_is_answered_for_in_bounded_time_and_can_be_cancelled(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher, Quick, Impatient);
        var id = await StartAsync(engine, "sleep", "600");
        var piece = new byte[Limits.MaxInputChunkBytes];

        long accepted = 0, before;
        do
        {
            before = accepted;
            accepted = await engine.Commands.WriteAsync(id, accepted, piece, Engine.Admin, TestContext.Current.CancellationToken);
        }
        while (accepted > before);

        accepted.ShouldBeInRange(4096, 1024 * 1024);
        var waiting = engine.Commands.WriteAsync(id, accepted, piece, Engine.Admin, TestContext.Current.CancellationToken);
        await engine.Service.CancelAsync(id, null, Engine.Admin, TestContext.Current.CancellationToken);
        (await engine.FollowToEndAsync(id)).End().Cause.ShouldBe(EndCause.Cancelled);
        await waiting.ContinueWith(_ => { }, TaskScheduler.Default);
        (await RefusalAsync(() => WriteAsync(engine, id, accepted, "x"))).Message.ShouldContain("has ended");
    }

    [Fact]
    public async Task What_a_slow_command_has_not_read_is_not_in_the_servers_memory()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The portable launcher keeps one piece.");
        await using var engine = await Engine.StartAsync("linux", Impatient);
        var id = await StartAsync(engine, "sleep", "600");

        var accepted = await engine.Commands.WriteAsync(id, 0, new byte[60_000], Engine.Admin, TestContext.Current.CancellationToken);
        accepted += await engine.Commands.WriteAsync(id, accepted, new byte[60_000], Engine.Admin, TestContext.Current.CancellationToken) - accepted;

        accepted.ShouldBeLessThanOrEqualTo(64 * 1024, "a pipe holds no more");
        await engine.Service.CancelAsync(id, null, Engine.Admin, TestContext.Current.CancellationToken);
        await engine.FollowToEndAsync(id);
    }

    [Theory, EveryLauncher]
    public async Task A_command_that_closes_its_end_is_told_from_one_that_ended(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher, Quick, Impatient);
        var id = await StartAsync(engine, "close-stdin", "600");
        await engine.FollowAsync(id).FirstAsync(item => item.Kind == EventKind.Output, TestContext.Current.CancellationToken);

        // The portable launcher learns it by its first write.
        var refusal = await RefusalAsync(async () =>
        {
            for (long offset = 0, before = -1; offset > before;)
            {
                before = offset;
                offset = await WriteAsync(engine, id, offset, "nobody reads this");
            }
        });

        refusal.Code.ShouldBe(ErrorCodes.Conflict);
        refusal.Message.ShouldContain("does not read");
        await engine.Service.CancelAsync(id, null, Engine.Admin, TestContext.Current.CancellationToken);
        await engine.FollowToEndAsync(id);
    }

    [Theory, EveryLauncher]
    public async Task Closing_twice_and_after_the_end_is_harmless_and_writing_after_it_is_a_conflict(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher, Quick, Impatient);
        var id = await StartAsync(engine, "close-stdin", "600");
        await WriteAsync(engine, id, 0, "x");

        await CloseAsync(engine, id);
        await CloseAsync(engine, id);

        var refusal = await RefusalAsync(() => WriteAsync(engine, id, 1, "y"));
        refusal.Code.ShouldBe(ErrorCodes.Conflict);
        refusal.Message.ShouldContain("closed");
        await engine.Service.CancelAsync(id, null, Engine.Admin, TestContext.Current.CancellationToken);
        await engine.FollowToEndAsync(id);
        await CloseAsync(engine, id);
    }

    [Theory, EveryLauncher]
    public async Task Input_is_at_its_end_from_the_start_unless_it_was_asked_for(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher, Quick);
        var id = (await engine.Service.StartAsync(Engine.Request("sleep", "600"), Engine.Admin)).Id;

        var refusal = await RefusalAsync(() => WriteAsync(engine, id, 0, "x"));

        refusal.Code.ShouldBe(ErrorCodes.Conflict);
        refusal.Message.ShouldContain("'input'");
        await CloseAsync(engine, id);
        await engine.Service.CancelAsync(id, null, Engine.Admin, TestContext.Current.CancellationToken);
        await engine.FollowToEndAsync(id);
        (await engine.RunAsync("read-stdin")).Text().ShouldStartWith("0 ");
    }

    [Theory, EveryLauncher]
    public async Task A_queued_command_takes_its_input_when_it_starts(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher, Quick, ("CcSignal:Admission:MaxRunning", "1"));
        var first = (await engine.Service.StartAsync(Engine.Request("sleep", "600"), Engine.Admin)).Id;
        var second = await StartAsync(engine, "copy-stdin");

        var written = WriteAsync(engine, second, 0, "early");
        written.IsCompleted.ShouldBeFalse();
        await engine.Service.CancelAsync(first, null, Engine.Admin, TestContext.Current.CancellationToken);

        (await written).ShouldBe(5);
        await CloseAsync(engine, second);
        (await engine.FollowToEndAsync(second)).Text().ShouldBe("early");
    }

    [Theory, EveryLauncher]
    public async Task A_write_to_a_queued_command_is_answered_in_bounded_time_with_nothing_accepted(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher, Quick, Impatient, ("CcSignal:Admission:MaxRunning", "1"));
        var first = (await engine.Service.StartAsync(Engine.Request("sleep", "600"), Engine.Admin)).Id;
        var second = await StartAsync(engine, "copy-stdin");

        (await WriteAsync(engine, second, 0, "early")).ShouldBe(0);

        foreach (var id in (string[])[second, first])
        {
            await engine.Service.CancelAsync(id, null, Engine.Admin, TestContext.Current.CancellationToken);
            await engine.FollowToEndAsync(id);
        }
    }

    [Theory, EveryLauncher]
    public async Task Writers_side_by_side_are_ordered_and_none_is_doubled(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher, Quick);
        var id = await StartAsync(engine, "read-stdin");
        var bytes = new byte[1_000_000];
        new Random(6).NextBytes(bytes);

        // Each writes all of it, as clients do that reconnect while the old call still runs.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => WriteAllAsync(engine, id, bytes))));
        await CloseAsync(engine, id);

        (await engine.FollowToEndAsync(id)).Text().ShouldContain(Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    [Fact]
    public async Task More_than_a_chunk_a_negative_offset_and_a_missing_one_are_invalid()
    {
        await using var engine = await Engine.StartAsync();

        (await RefusalAsync(() => Write("x", 0, new byte[Limits.MaxInputChunkBytes + 1]))).Code.ShouldBe(ErrorCodes.InvalidRequest);
        (await RefusalAsync(() => Write("x", -1, []))).Code.ShouldBe(ErrorCodes.InvalidRequest);
        (await RefusalAsync(() => Write("x", 0, null))).Code.ShouldBe(ErrorCodes.InvalidRequest);
        (await RefusalAsync(() => Write("x", 0, []))).Code.ShouldBe(ErrorCodes.NotFound);

        Task Write(string id, long offset, byte[]? data) =>
            engine.Commands.WriteAsync(id, offset, data, Engine.Admin, TestContext.Current.CancellationToken);
    }

    // What a server that was killed in between leaves: the mark is ahead of the pipe. The next one must not write those bytes again.
    [Fact]
    public async Task After_a_crash_bytes_may_be_missing_but_none_comes_twice()
    {
        using var temp = new TempDirectory();
        var files = new JournalFiles(temp["journal"]);
        files.Create();
        using (var before = new InputMark(files))
        {
            before.Accept(100);
        }

        var sink = new RecordingSink();
        await using var input = new CommandInput(sink, new InputMark(files), TimeProvider.System);
        var bytes = Enumerable.Range(0, 150).Select(number => (byte)number).ToArray();
        var answer = await input.WriteAsync(60, bytes.AsMemory(60), TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        answer.ShouldBe(new InputAnswer(150, InputState.Open));
        sink.Bytes.ShouldBe(bytes[100..]);

        (await input.CloseAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken)).ShouldBeTrue();
        using var after = new InputMark(files);
        after.Accepted.ShouldBe(150);
        after.Closed.ShouldBeTrue();
    }

    private static async Task<string> StartAsync(Engine engine, params string[] words) =>
        (await engine.Service.StartAsync(Engine.Request(words) with { Input = InputMode.Open }, Engine.Admin)).Id;

    private static Task<long> WriteAsync(Engine engine, string id, long offset, string text) =>
        engine.Commands.WriteAsync(id, offset, Encoding.UTF8.GetBytes(text), Engine.Admin, TestContext.Current.CancellationToken);

    private static Task CloseAsync(Engine engine, string id) =>
        engine.Commands.CloseInputAsync(id, Engine.Admin, TestContext.Current.CancellationToken);

    private static async Task WriteAllAsync(Engine engine, string id, byte[] bytes)
    {
        for (long accepted = 0; accepted < bytes.Length;)
        {
            var piece = bytes.AsSpan((int)accepted, (int)Math.Min(Limits.MaxInputChunkBytes, bytes.Length - accepted)).ToArray();
            accepted = await engine.Commands.WriteAsync(id, accepted, piece, Engine.Admin, TestContext.Current.CancellationToken);
        }
    }

    private static Task<RefusedException> RefusalAsync(Func<Task> call) => Should.ThrowAsync<RefusedException>(call);

    private sealed class RecordingSink : IInputSink
    {
        private readonly List<byte> _bytes = [];

        public byte[] Bytes => [.. _bytes];

        public int Write(ReadOnlySpan<byte> bytes)
        {
            _bytes.AddRange(bytes);
            return bytes.Length;
        }

        public Task RoomAsync() => Task.CompletedTask;

        public bool TryEnd() => true;

        public void Dispose()
        {
        }
    }
}
