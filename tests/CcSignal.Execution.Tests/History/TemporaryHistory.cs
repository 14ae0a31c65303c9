using CcSignal.Contracts;
using CcSignal.Execution.History;
using CcSignal.Execution.History.Sqlite;
using CcSignal.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace CcSignal.Execution.Tests.History;

/// <summary>A directory with a history of its own, and what the engine would put in. Gone after the test.</summary>
internal sealed class TemporaryHistory : IAsyncDisposable
{
    private readonly TempDirectory _parent = new();
    private readonly List<SqliteExecutionStore> _opened = [];

    /// <summary>The data directory; it does not exist before the first store.</summary>
    public string DataDirectory => _parent["data"];

    public string DatabaseFile => Path.Combine(DataDirectory, "history.db");

    public HistoryOptions Options { get; } = new();

    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>A further store on the same file. The ones before stay open, as those of a server that was killed and left no trace but the file.</summary>
    public async Task<SqliteExecutionStore> OpenAsync()
    {
        var store = await SqliteExecutionStore.OpenAsync(DataDirectory, Options, Time, NullLogger<SqliteExecutionStore>.Instance);
        _opened.Add(store);
        return store;
    }

    /// <summary>A store of a server that is ready to run things.</summary>
    public async Task<SqliteExecutionStore> OpenReadyAsync()
    {
        var store = await OpenAsync();
        await store.ReconcileAsync();
        return store;
    }

    /// <summary>An admitted request.</summary>
    public static NewExecution New(IExecutionStore store, ExecutionRequest? request = null, string owner = "anna", int maxQueued = 10_000, int maxRunning = 100)
    {
        var number = store.Numbers.Next();
        request ??= new ExecutionRequest { Command = "echo", Arguments = ["hello"] };
        return new NewExecution
        {
            Number = number,
            Info = new ExecutionInfo
            {
                Id = request.Id ?? $"e{number:x}",
                Profile = request.Profile ?? Defaults.Profile,
                Command = request.Command,
                Arguments = request.Arguments,
                WorkingDirectory = "/srv/work",
                Owner = owner,
                Tags = request.Tags ?? new Dictionary<string, string>(),
                Node = "here",
                State = ExecutionState.Queued,
                QueuedAt = ExecutionNumber.TimeOf(number),
            },
            Request = request,
            Fingerprint = RequestFingerprint.Of(request),
            MaxQueued = maxQueued,
            MaxRunning = maxRunning,
        };
    }

    /// <summary>The final words on an execution.</summary>
    public static ExecutionInfo Ended(ExecutionInfo info, EndCause cause = EndCause.Exited) => info with
    {
        State = ExecutionState.Ended,
        QueuePosition = null,
        EndedAt = info.QueuedAt + 2,
        Sequence = 3,
        StdoutBytes = 5,
        CpuSeconds = 0.1,
        End = new ExecutionEnd { Cause = cause, ExitCode = cause == EndCause.Exited ? 0 : null },
    };

    public static ProcessIdentity Process(int id = 42) => new(id, 123_456_789, "5f0c1c2e-0000-4000-8000-000000000000");

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _opened)
        {
            await store.DisposeAsync();
        }

        _parent.Dispose();
    }
}
