using System.Security.Cryptography;
using System.Text;
using CcSignal.Contracts;
using CcSignal.TestKit;

namespace CcSignal.Execution.Tests.Processes;

/// <summary>A command on a terminal of its own: what it sees, what is typed at it, and a recording that misses nothing.</summary>
public sealed class TerminalTests
{
    [Fact]
    public async Task It_is_the_controlling_terminal_of_the_command_in_the_size_that_was_asked_for()
    {
        SkipElsewhere();
        await using var engine = await Engine.StartAsync();
        var (id, screen) = await StartAsync(engine, Engine.Request("window"));

        await screen.ShowsAsync("terminals 111 foreground True\r\nterm xterm-256color\r\nsize 100x30\r\n");
        await engine.Commands.CloseInputAsync(id, Engine.Admin, TestContext.Current.CancellationToken);

        var events = await screen.ToEndAsync();
        events.End().ExitCode.ShouldBe(7);
        events.Text().ShouldEndWith("end of input\r\n");
        events.Bytes(OutputStream.Stderr).ShouldBeEmpty();
    }

    [Fact]
    public async Task Its_kind_is_what_the_request_says()
    {
        SkipElsewhere();
        await using var engine = await Engine.StartAsync();
        var (id, screen) = await StartAsync(
            engine, Engine.Request("window") with { Environment = new Dictionary<string, string> { ["TERM"] = "vt100" } });

        await screen.ShowsAsync("term vt100\r\n");
        await engine.Commands.CloseInputAsync(id, Engine.Admin, TestContext.Current.CancellationToken);
        await screen.ToEndAsync();
    }

    [Fact]
    public async Task The_program_hears_of_a_new_size_and_the_execution_tells_it()
    {
        SkipElsewhere();
        await using var engine = await Engine.StartAsync();
        var (id, screen) = await StartAsync(engine, Engine.Request("window"));
        await screen.ShowsAsync("size 100x30");

        await engine.Commands.ResizeAsync(id, new TerminalSize(133, 44), Engine.Admin, TestContext.Current.CancellationToken);

        await screen.ShowsAsync("size 133x44");
        await engine.Commands.CloseInputAsync(id, Engine.Admin, TestContext.Current.CancellationToken);
        (await screen.ToEndAsync()).Last().Info!.Terminal.ShouldBe(new TerminalSize(133, 44));
        (await engine.Service.GetAsync(id, Engine.Admin, TestContext.Current.CancellationToken)).Terminal.ShouldBe(new TerminalSize(133, 44));
        (await Should.ThrowAsync<RefusedException>(() =>
            engine.Commands.ResizeAsync(id, new TerminalSize(80, 24), Engine.Admin, TestContext.Current.CancellationToken))).Code.ShouldBe(ErrorCodes.Conflict);
    }

    [Fact]
    public async Task A_size_that_is_none_and_a_command_without_a_terminal_are_refused()
    {
        SkipElsewhere();
        await using var engine = await Engine.StartAsync();
        var id = (await engine.Service.StartAsync(Engine.Request("sleep", "600"), Engine.Admin)).Id;
        await engine.FollowAsync(id).FirstAsync(item => item.Kind == EventKind.Output, TestContext.Current.CancellationToken);

        (await RefusalAsync(new TerminalSize(80, 24))).Code.ShouldBe(ErrorCodes.Conflict);
        (await RefusalAsync(new TerminalSize(0, 24))).Code.ShouldBe(ErrorCodes.InvalidRequest);
        (await RefusalAsync(new TerminalSize(80, 65_536))).Code.ShouldBe(ErrorCodes.InvalidRequest);
        await engine.Service.CancelAsync(id, null, Engine.Admin, TestContext.Current.CancellationToken);
        await engine.FollowToEndAsync(id);

        Task<RefusedException> RefusalAsync(TerminalSize size) => Should.ThrowAsync<RefusedException>(() =>
            engine.Commands.ResizeAsync(id, size, Engine.Admin, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Ctrl_C_typed_is_SIGINT()
    {
        SkipElsewhere();
        await using var engine = await Engine.StartAsync();
        var (id, screen) = await StartAsync(engine, Engine.Request("sleep", "600"));
        await screen.ShowsAsync("sleeping");

        await TypeAsync(engine, id, 0, "\x03");

        var end = (await screen.ToEndAsync()).End();
        end.Cause.ShouldBe(EndCause.Signaled);
        end.Signal.ShouldBe("SIGINT");
    }

    [Fact]
    public async Task A_program_in_raw_mode_gets_every_key()
    {
        SkipElsewhere();
        await using var engine = await Engine.StartAsync();
        var (id, screen) = await StartAsync(engine, Engine.Request("keys"));
        await screen.ShowsAsync("ready");

        await TypeAsync(engine, id, 0, "\x03\x04\x1b[A\rq");

        var text = (await screen.ToEndAsync()).Text();
        text.ShouldContain("key 3\r\nkey 4\r\nkey 27\r\nkey 91\r\nkey 65\r\nkey 13\r\nkey 113\r\n");
    }

    [Theory]
    [InlineData("a line\n")]
    [InlineData("no line")]
    public async Task Closing_the_input_is_an_end_of_file_for_the_program(string typed)
    {
        SkipElsewhere();
        await using var engine = await Engine.StartAsync();
        var (id, screen) = await StartAsync(engine, Engine.Request("read-stdin"));
        await TypeAsync(engine, id, 0, typed);

        await engine.Commands.CloseInputAsync(id, Engine.Admin, TestContext.Current.CancellationToken);

        var text = (await screen.ToEndAsync()).Text();
        text.ShouldContain($"{typed.Length} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(typed)))}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(200_000)]
    public async Task Nothing_of_a_flood_is_missing_at_the_end(int lines)
    {
        SkipElsewhere();
        await using var engine = await Engine.StartAsync();

        var events = await engine.RunAsync(Engine.Request("lines", $"{lines}") with { Terminal = new TerminalSize(80, 24) });

        var expected = new StringBuilder();
        for (var line = 1; line <= lines; line++)
        {
            expected.Append("line ").Append(line).Append("\r\n");
        }

        (events.Text() == expected.ToString()).ShouldBeTrue($"{events.Bytes().Length} bytes came, {expected.Length} were written");
        events.End().ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task What_the_root_leaves_behind_is_hung_up()
    {
        SkipElsewhere();
        await using var engine = await Engine.StartAsync();

        var events = await engine.RunAsync(Engine.Request("spawn", "600") with { Terminal = new TerminalSize(80, 24), TimeoutSeconds = 2 });

        events.End().Cause.ShouldBe(EndCause.TimedOut);
        await Eventually.Holds(() => engine.LivingCommands.Count == 0, cancellationToken: TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Terminals_leave_no_descriptor_open()
    {
        SkipElsewhere();
        await using var engine = await Engine.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            (await engine.RunAsync(Engine.Request("echo", "x") with { Terminal = new TerminalSize(80, 24) })).Text().ShouldBe("x\r\n");
        }

        await Eventually.Holds(
            () => Directory.EnumerateFiles("/proc/self/fd").Count(entry => new FileInfo(entry).LinkTarget?.StartsWith("/dev/pt", StringComparison.Ordinal) == true) < 12,
            cancellationToken: TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_portable_launcher_refuses_it()
    {
        await using var engine = await Engine.StartAsync("portable");

        var refusal = await Should.ThrowAsync<RefusedException>(() =>
            engine.Service.StartAsync(Engine.Request("echo", "x") with { Terminal = new TerminalSize(80, 24) }, Engine.Admin));

        refusal.Code.ShouldBe(ErrorCodes.Unavailable);
        engine.Service.Describe(Engine.Admin).Features.Terminals.ShouldBeFalse();
    }

    private static void SkipElsewhere() => Assert.SkipUnless(OperatingSystem.IsLinux(), "The Linux launcher.");

    private static async Task<(string Id, Screen Screen)> StartAsync(Engine engine, ExecutionRequest request)
    {
        var id = (await engine.Service.StartAsync(request with { Terminal = new TerminalSize(100, 30) }, Engine.Admin)).Id;
        return (id, new Screen(engine.FollowAsync(id)));
    }

    private static Task<long> TypeAsync(Engine engine, string id, long offset, string keys) =>
        engine.Commands.WriteAsync(id, offset, Encoding.UTF8.GetBytes(keys), Engine.Admin, TestContext.Current.CancellationToken);

    /// <summary>What a viewer of the terminal has seen so far.</summary>
    private sealed class Screen(IAsyncEnumerable<ExecutionEvent> stream)
    {
        private readonly IAsyncEnumerator<ExecutionEvent> _next = stream.GetAsyncEnumerator();
        private readonly List<ExecutionEvent> _events = [];

        public async Task ShowsAsync(string text)
        {
            while (!_events.Text().Contains(text, StringComparison.Ordinal))
            {
                (await _next.MoveNextAsync()).ShouldBeTrue($"it ended without showing '{text}' but: {_events.Text()}");
                _events.Add(_next.Current);
            }
        }

        public async Task<List<ExecutionEvent>> ToEndAsync()
        {
            while (await _next.MoveNextAsync())
            {
                _events.Add(_next.Current);
            }

            return _events;
        }
    }
}
