namespace CcSignal.Contracts.Tests;

/// <summary>A value for each shape that travels: each event kind, each result, each argument, full and as small as it can be.</summary>
internal static class Samples
{
    public static ExecutionInfo FullInfo { get; } = new()
    {
        Id = "01K7ZC3V9Q8XW2",
        Profile = "agents",
        Command = "claude",
        Arguments = ["-p", "Grüße, 世界 🌍", ""],
        WorkingDirectory = "/srv/work",
        Terminal = new TerminalSize(120, 40),
        Owner = "ann",
        Tags = new Dictionary<string, string> { ["ticket"] = "4711", ["branch"] = "" },
        Node = "node-1",
        State = ExecutionState.Ended,
        QueuedAt = 1_760_000_000_000,
        StartedAt = 1_760_000_000_250,
        EndedAt = 1_760_000_061_000,
        QueuePosition = 3,
        ExpectedStartAt = 1_784_000_060_000,
        Attempt = 2,
        ProcessId = 70_000,
        Sequence = 5_000_000_000,
        StdoutBytes = 300,
        StderrBytes = 70_000,
        CpuSeconds = 1.5,
        MaxRssBytes = 104_857_600,
        End = new ExecutionEnd
        {
            Cause = EndCause.Exited,
            ExitCode = 1,
            Signal = "SIGTERM",
            By = "ann",
            Code = "rate_limited",
            Message = "The agent was told to slow down.",
            Evidence = new Evidence(OutputStream.Stderr, 69_900, 24, "429 Too Many Requests 😐"),
            Retryable = true,
        },
        Agent = new AgentInfo
        {
            Adapter = "claude",
            SessionId = "5f0c",
            Model = "opus",
            Turns = 12,
            InputTokens = 3_000_000_000,
            OutputTokens = 4_096,
            CostUsd = 0.125,
        },
    };

    public static ExecutionInfo MinimalInfo { get; } = new()
    {
        Id = "a",
        Profile = "default",
        Command = "true",
        Arguments = [],
        WorkingDirectory = "/",
        Owner = "ann",
        Node = "node-1",
        State = ExecutionState.Queued,
        QueuedAt = 1_760_000_000_000,
    };

    /// <summary>Items of streams.</summary>
    public static IReadOnlyDictionary<string, ExecutionEvent> Events { get; } = new Dictionary<string, ExecutionEvent>
    {
        ["snapshot"] = new() { Kind = EventKind.Snapshot, Info = MinimalInfo, Subscription = "s1" },
        ["output"] = new()
        {
            Kind = EventKind.Output,
            Sequence = 7,
            Stream = OutputStream.Stdout,
            Offset = 4_294_967_296,
            At = 1_760_000_000_300,
            Data = new byte[] { 0x68, 0x69, 0x0A, 0x00, 0xFF },
        },
        ["state"] = new() { Kind = EventKind.State, Info = MinimalInfo with { State = ExecutionState.Running, StartedAt = 1_760_000_000_250 } },
        ["notice"] = new() { Kind = EventKind.Notice, Code = NoticeCodes.Retrying, Message = "Attempt 2 of 3." },
        ["gap"] = new() { Kind = EventKind.Gap, Stream = OutputStream.Stderr, Offset = 100, Bytes = 65_536, Sequence = 9 },
        ["heartbeat"] = new() { Kind = EventKind.Heartbeat, Sequence = 0 },
        ["ended"] = new() { Kind = EventKind.Ended, Info = FullInfo },
    };

    /// <summary>Results of calls.</summary>
    public static IReadOnlyDictionary<string, object> Results { get; } = new Dictionary<string, object>
    {
        ["executionInfo.full"] = FullInfo,
        ["executionInfo.minimal"] = MinimalInfo,
        ["executionPage.more"] = new ExecutionPage([MinimalInfo, MinimalInfo with { Id = "b" }], "1234"),
        ["executionPage.last"] = new ExecutionPage([], Next: null),
        ["serverInfo.full"] = Server(keeper: 4_240),
        ["serverInfo.minimal"] = Server(keeper: null),
        ["write.accepted"] = 65_536L,
    };

    /// <summary>Arguments of calls: a method's name, a dot, and what is special about it.</summary>
    public static IReadOnlyDictionary<string, object?[]> Arguments { get; } = new Dictionary<string, object?[]>
    {
        ["Run.full"] = [FullRequest(), new FollowOptions { FromSequence = 8, Subscription = "s1", WindowBytes = 1_048_576, Mode = FollowMode.Tail }],
        ["Run.minimal"] = [new ExecutionRequest { Command = "true" }, null],
        ["Follow.minimal"] = ["a", new FollowOptions()],
        ["Ack"] = ["s1", 7L],
        ["Write"] = ["a", 0L, new ReadOnlyMemory<byte>([0x00, 0xFF])],
        ["Resize"] = ["a", 120, 40],
        ["Cancel.without-reason"] = ["a", null],
        ["List.full"] =
        [
            new ExecutionQuery
            {
                States = [ExecutionState.Running, ExecutionState.Paused],
                Profile = "agents",
                Owner = "ann",
                Tag = "ticket=4711",
                Command = "claude",
                Causes = [EndCause.IdleTimedOut, EndCause.Lost],
                Since = 1_760_000_000_000,
                Until = 1_770_000_000_000,
                Limit = 500,
                After = "1234",
            },
        ],
        ["List.minimal"] = [new ExecutionQuery()],
        ["Describe"] = [],
    };

    private static ExecutionRequest FullRequest() => new()
    {
        Id = "nightly-1",
        Profile = "agents",
        Command = "claude",
        Arguments = ["-p", "--verbose"],
        WorkingDirectory = "/srv/work",
        Environment = new Dictionary<string, string> { ["LANG"] = "C.UTF-8" },
        Input = InputMode.Open,
        Terminal = new TerminalSize(80, 25),
        TimeoutSeconds = 3_600,
        IdleTimeoutSeconds = 0.5,
        QueueTimeoutSeconds = 60,
        StopGraceSeconds = 0,
        MaxOutputBytes = 10_000_000_000,
        AbandonAfterSeconds = 30,
        Priority = -10,
        ExclusiveKey = "repository",
        Retry = new RetryPolicy(3, ["rate_limited", "lost"]),
        Limits = new ResourceLimits { MemoryBytes = 2_147_483_648, Processes = 100, OpenFiles = 1_024, CpuSeconds = 900 },
        Tags = new Dictionary<string, string> { ["ticket"] = "4711" },
    };

    private static ServerInfo Server(int? keeper) => new()
    {
        Version = "0.1.0",
        Node = "node-1",
        ProcessId = 4_242,
        KeeperProcessId = keeper,
        StartedAt = 1_760_000_000_000,
        Limits = new ServerLimits
        {
            MaxRunning = 8,
            MaxQueued = 1_000,
            MaxMessageBytes = Limits.MaxMessageBytes,
            MaxInputChunkBytes = Limits.MaxInputChunkBytes,
            MaxOutputChunkBytes = Limits.MaxOutputChunkBytes,
            MaxStreamsPerConnection = Limits.MaxStreamsPerConnection,
            MaxArguments = Limits.MaxArguments,
        },
        Profiles = ["default", "agents"],
        Features = new ServerFeatures
        {
            Launcher = "linux",
            Keeper = keeper is not null,
            Cgroup = "v2",
            Terminals = true,
            Limits = ["timeoutSeconds", "maxOutputBytes"],
        },
    };
}
