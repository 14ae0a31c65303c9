using System.Collections.Concurrent;
using CcSignal.Execution.Processes.Linux.Native;
using CcSignal.Execution.Processes.Linux.Streams;
using CcSignal.Keeper.Wire;
using Microsoft.Extensions.Logging;

namespace CcSignal.Execution.Processes.Linux.Keeping;

/// <summary>
/// The server's end of the socket to its keeper. Nothing is awaited: what is sent is safe once it is in the socket's queue. A keeper that is gone, or
/// does not read, is done without from then on: the server serves, and says so. Owns the socket.
/// </summary>
internal sealed partial class KeeperLink : IWatched
{
    private static readonly TimeSpan ListPatience = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly KeeperSocket _socket;
    private readonly int _keeper;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<long, HeldProcess> _held = new();
    private readonly ConcurrentDictionary<long, TaskCompletionSource<ExitStatus?>> _exits = new();
    private readonly TaskCompletionSource _leaveAsked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private EventLoop? _loop;
    private long _token;
    private bool _lost;

    /// <summary>Hears first what an earlier server left.</summary>
    /// <param name="socket">This end.</param>
    /// <param name="keeper">The keeper's process: our parent.</param>
    /// <param name="logger">Hears when the keeper is gone.</param>
    public KeeperLink(KeeperSocket socket, int keeper, ILogger logger)
    {
        (_socket, _keeper, _logger) = (socket, keeper, logger);
        HearList();
    }

    /// <summary>The keeper's process; null: it is gone.</summary>
    public int? ProcessId => Volatile.Read(ref _lost) ? null : _keeper;

    /// <summary>Is called once when the keeper is gone, before anything is started without it.</summary>
    public Action? Lost { get; set; }

    /// <summary>Completes when the keeper asks this server to leave everything running and go.</summary>
    public Task LeaveAsked => _leaveAsked.Task;

    /// <summary>The executions that an earlier server left and nobody took yet.</summary>
    public ICollection<long> Left => _held.Keys;

    /// <summary>Begins to hear what the keeper tells.</summary>
    public void Begin(EventLoop loop)
    {
        lock (_gate)
        {
            _loop = loop;
            if (!_lost)
            {
                loop.Watch(_socket.Descriptor, this, out _token);
            }
        }
    }

    /// <summary>Takes over what is held of an execution; null: nothing, or it was taken.</summary>
    public HeldProcess? Take(long number) => _held.TryRemove(number, out var held) ? held : null;

    /// <summary>Has duplicates of these kept. To be called before the process exists.</summary>
    public void Hold(long number, IReadOnlyList<HeldDescriptor> descriptors)
    {
        Span<DescriptorRole> roles = stackalloc DescriptorRole[descriptors.Count];
        Span<int> numbers = stackalloc int[descriptors.Count];
        for (var i = 0; i < descriptors.Count; i++)
        {
            (roles[i], numbers[i]) = (descriptors[i].Role, descriptors[i].Descriptor);
        }

        Send(new KeeperMessage { Kind = MessageKind.Hold, Number = number, Roles = KeeperMessage.Pack(roles) }, numbers);
    }

    /// <summary>Names the process of an execution.</summary>
    /// <param name="number">The execution.</param>
    /// <param name="processId">Its process.</param>
    /// <param name="spawnedAt">The clock before it was made.</param>
    /// <param name="startedAt">The same as Unix milliseconds.</param>
    public void Started(long number, int processId, long spawnedAt, long startedAt) => Send(
        new KeeperMessage { Kind = MessageKind.Started, Number = number, ProcessId = processId, SpawnedAt = spawnedAt, StartedAt = startedAt });

    /// <summary>Says how its process ended. To be called before it is reaped: from then on nobody else could know.</summary>
    public void Ended(long number, ExitStatus status) => Send(new KeeperMessage { Kind = MessageKind.Ended, Number = number, Status = status });

    /// <summary>Has the descriptors of this role closed.</summary>
    public void Drop(long number, DescriptorRole role) =>
        Send(new KeeperMessage { Kind = MessageKind.Drop, Number = number, Roles = KeeperMessage.Pack(role) });

    /// <summary>Its end is recorded: nothing of it is needed any more.</summary>
    public void Forget(long number)
    {
        _exits.TryRemove(number, out _);
        Send(new KeeperMessage { Kind = MessageKind.Forget, Number = number });
    }

    /// <summary>This server serves.</summary>
    public void Ready() => Send(new KeeperMessage { Kind = MessageKind.Ready });

    /// <summary>How the process of a taken-over execution ends; null: the keeper is gone and cannot tell.</summary>
    public Task<ExitStatus?> ExitOf(long number)
    {
        var exit = _exits.GetOrAdd(number, _ => new TaskCompletionSource<ExitStatus?>(TaskCreationOptions.RunContinuationsAsynchronously));
        if (ProcessId is null)
        {
            exit.TrySetResult(null);
        }

        return exit.Task;
    }

    public void OnReady(uint events)
    {
        while (_socket.Receive(wait: false) is { } received && received != Received.Nothing)
        {
            if (received.Closed)
            {
                Lose("has ended");
                return;
            }

            Hear(received.Message ?? default);
        }
    }

    public void OnFault(Exception exception) => Lose($"cannot be heard: {exception.Message}");

    private void Hear(KeeperMessage message)
    {
        switch (message.Kind)
        {
            case MessageKind.Exited:
                _exits.GetOrAdd(message.Number, _ => new TaskCompletionSource<ExitStatus?>(TaskCreationOptions.RunContinuationsAsynchronously))
                    .TrySetResult(message.Status);
                break;
            case MessageKind.NotHeld:
                Log.NotHeld(_logger, _keeper, message.Number);
                break;
            case MessageKind.Leave:
                _leaveAsked.TrySetResult();
                break;
        }
    }

    private void HearList()
    {
        while (_socket.Wait(ListPatience) && _socket.Receive(wait: true) is { Closed: false } received)
        {
            if (received.Message is not { } message || message.Kind == MessageKind.End)
            {
                return;
            }

            if (CommandDescriptors.Of(received.Descriptors) is { } streams)
            {
                _held[message.Number] = new HeldProcess(message.ProcessId, message.StartedAt, message.Status, streams);
            }
            else
            {
                Log.NotTaken(_logger, message.Number);
                foreach (var part in received.Descriptors)
                {
                    Libc.Check(Libc.close(part.Descriptor), "close");
                }
            }
        }

        Lose("has not said what it holds");
    }

    private void Send(in KeeperMessage message, ReadOnlySpan<int> descriptors = default)
    {
        // The gate keeps the descriptor ours: a closed one's number may be a client's connection a moment later.
        bool sent;
        lock (_gate)
        {
            sent = _lost || _socket.TrySend(message, descriptors, wait: false);
        }

        if (!sent)
        {
            Lose("has ended, or does not read");
        }
    }

    private void Lose(string how)
    {
        lock (_gate)
        {
            if (_lost)
            {
                return;
            }

            _lost = true;
        }

        Log.Lost(_logger, _keeper, how);
        Lost?.Invoke();
        foreach (var exit in _exits.Values)
        {
            exit.TrySetResult(null);
        }

        if (_loop is { } loop)
        {
            loop.Post(() => loop.Close(_token));
        }
        else
        {
            _socket.Dispose();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2501, LogLevel.Error, "The keeper (process {Keeper}) {How}. Commands go on; those that run when this server ends will end as lost. Restart the server when nothing runs.")]
        public static partial void Lost(ILogger logger, int keeper, string how);

        [LoggerMessage(2502, LogLevel.Warning, "The keeper (process {Keeper}) has no room for the pipes of execution number {Number}: raise its open file limit. The execution will not survive this server.")]
        public static partial void NotHeld(ILogger logger, int keeper, long number);

        [LoggerMessage(2503, LogLevel.Error, "Not all pipes of execution number {Number} came back from the keeper: raise the open file limit of both. It ends as lost.")]
        public static partial void NotTaken(ILogger logger, long number);
    }
}
