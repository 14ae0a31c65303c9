using System.ComponentModel;
using CcSignal.Keeper.Holding;
using CcSignal.Keeper.Native;
using CcSignal.Keeper.Serving;
using CcSignal.Keeper.Wire;

namespace CcSignal.Keeper;

/// <summary>
/// The parent of the server: starts it, starts it again when it dies, and holds for it what must not end with it: the pipes and terminals of running
/// commands, and how their processes ended. It has no opinion on any of this. Owns two threads: the caller's speaks with the server, the other reaps.
/// </summary>
internal sealed class KeeperProcess(ServerCommand command)
{
    /// <summary>The exit code of a server that left its commands running to a server to come.</summary>
    public const int Left = 10;

    private readonly object _gate = new();
    private readonly Holdings _holdings = new();
    private readonly Restarts _restarts = new();
    private ServerProcess? _server;
    private KeeperSocket? _socket;
    private ExitStatus? _exit;
    private bool _hasServed;
    private bool _isServing;
    private bool _isListTold;
    private int _stops;
    private bool _isStopForwarded;
    private bool _isUpgradeAsked;

    /// <summary>Keeps until the server ends for good, and returns the exit code.</summary>
    /// <exception cref="Win32Exception">This system does not let us keep anything; nothing was started.</exception>
    public int Run()
    {
        Libc.Check(Libc.prctl(Libc.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), "prctl");
        var reaper = new Reaper(Reaped);
        using var requests = new Requests(Stop, Upgrade);
        reaper.Begin();
        while (true)
        {
            var start = TimeProvider.System.GetTimestamp();
            Live(reaper);
            lock (_gate)
            {
                if (AfterLife(TimeProvider.System.GetElapsedTime(start)) is { } exitCode)
                {
                    return exitCode;
                }
            }
        }
    }

    // One server, from its start until it is reaped.
    private void Live(Reaper reaper)
    {
        var (socket, end) = KeeperSocket.Pair();
        using (socket)
        {
            if (!TryStart(socket, end))
            {
                return;
            }

            reaper.Look();
            TellHeld(socket);
            while (socket.Receive(wait: true) is { Closed: false } received)
            {
                Take(socket, received);
            }

            lock (_gate)
            {
                while (_exit is null)
                {
                    Monitor.Wait(_gate);
                }

                _server!.Dispose();
                (_server, _socket, _isListTold) = (null, null, false);
            }
        }
    }

    private bool TryStart(KeeperSocket socket, KeeperSocket end)
    {
        // Under the gate, so that its end cannot be seen before it is known.
        lock (_gate)
        {
            using (end)
            {
                (_exit, _isServing, _isStopForwarded) = (null, false, false);
                try
                {
                    _server = ServerProcess.Start(command, end);
                    _socket = socket;
                    return true;
                }
                catch (Win32Exception exception)
                {
                    Speech.Say($"the server '{command.Path}' cannot be started: {exception.Message}.");
                    _exit = new ExitStatus(IsExit: true, 1);
                    return false;
                }
            }
        }
    }

    private void TellHeld(KeeperSocket socket)
    {
        HeldExecution[] all;
        lock (_gate)
        {
            all = [.. _holdings.All];
        }

        // Nobody takes anything from the holdings meanwhile: this thread alone hears the server.
        foreach (var execution in all)
        {
            KeeperMessage message;
            lock (_gate)
            {
                message = execution.Tell(MessageKind.Held, withDescriptors: true);
                execution.IsStatusTold = execution.Status is not null;
            }

            socket.TrySend(message, [.. execution.Descriptors.Select(held => held.Descriptor)], wait: true);
        }

        socket.TrySend(new KeeperMessage { Kind = MessageKind.End }, [], wait: true);
        TellExits(socket, all);
    }

    // What ended while the list was told; from now on the reaper tells it.
    private void TellExits(KeeperSocket socket, HeldExecution[] all)
    {
        KeeperMessage[] exits;
        lock (_gate)
        {
            exits = [.. all.Where(execution => execution is { Status: not null, IsStatusTold: false }).Select(execution => execution.Tell(MessageKind.Exited, withDescriptors: false))];
            _isListTold = true;
        }

        foreach (var exit in exits)
        {
            socket.TrySend(exit, [], wait: true);
        }
    }

    private void Take(KeeperSocket socket, Received received)
    {
        var message = received.Message ?? default;
        lock (_gate)
        {
            _holdings.Take(message, received.Descriptors);
            if (message.Kind == MessageKind.Ready)
            {
                Served();
            }
        }

        if (received.Truncated)
        {
            socket.TrySend(new KeeperMessage { Kind = MessageKind.NotHeld, Number = message.Number }, [], wait: false);
        }
    }

    private void Served()
    {
        (_hasServed, _isServing) = (true, true);
        if (_stops > 0 && !_isStopForwarded)
        {
            ForwardStop();
        }
    }

    // On the reaper's thread. The socket stays open until this thread has told the server's own end.
    private void Reaped(int processId, ExitStatus status)
    {
        KeeperMessage exit;
        KeeperSocket socket;
        lock (_gate)
        {
            if (_server?.ProcessId == processId && _exit is null)
            {
                _exit = status;
                Monitor.PulseAll(_gate);
                return;
            }

            var execution = _holdings.Reaped(processId, status, TimeProvider.System.GetTimestamp());
            if (execution is null || !_isListTold || _socket is null)
            {
                return;
            }

            execution.IsStatusTold = true;
            exit = execution.Tell(MessageKind.Exited, withDescriptors: false);
            socket = _socket;
        }

        socket.TrySend(exit, [], wait: true);
    }

    private void Stop()
    {
        lock (_gate)
        {
            _stops++;

            // A server that still takes over what runs would die of it, and leave it running: it hears it when it serves.
            if (_isServing || !_holdings.HaveExecutions)
            {
                ForwardStop();
            }

            Monitor.PulseAll(_gate);
        }
    }

    private void ForwardStop()
    {
        _isStopForwarded = true;
        _server?.Signal(Libc.SIGTERM);
    }

    private void Upgrade()
    {
        lock (_gate)
        {
            if (_server is null || _isServing)
            {
                _isUpgradeAsked = true;
                _socket?.TrySend(new KeeperMessage { Kind = MessageKind.Leave }, [], wait: false);
                Monitor.PulseAll(_gate);
            }
        }
    }

    // What comes after a server: an exit code, or null for another server.
    private int? AfterLife(TimeSpan life)
    {
        var exit = _exit!.Value;
        if (exit.Is(Left))
        {
            return AfterLeaving();
        }

        var failedAtStart = !_hasServed && exit is not { IsExit: false, Value: Libc.SIGKILL };
        if (_stops > 0 || failedAtStart || exit.Is(0))
        {
            return exit.AsExitCode;
        }

        var pause = _restarts.After(_isServing, life);
        Speech.Say($"the server {exit}; the next one starts {(pause == TimeSpan.Zero ? "now" : $"in {pause.TotalSeconds} s")}.");
        var due = TimeProvider.System.GetTimestamp() + (long)(pause.TotalSeconds * TimeProvider.System.TimestampFrequency);
        while (TimeProvider.System.GetElapsedTime(TimeProvider.System.GetTimestamp(), due) is { Ticks: > 0 } left && _stops == 0 && !_isUpgradeAsked)
        {
            Monitor.Wait(_gate, left);
        }

        // A stop needs a server where something runs that must be stopped in order.
        _isUpgradeAsked = false;
        return _stops > 0 && !_holdings.HaveExecutions ? exit.AsExitCode : null;
    }

    private int? AfterLeaving()
    {
        if (!_isUpgradeAsked)
        {
            Speech.Say("the server has left its commands running. SIGHUP to this process starts a server for them; a stop ends it, and what it holds.");
            _stops = 0;
            while (_stops == 0 && !_isUpgradeAsked)
            {
                Monitor.Wait(_gate);
            }
        }

        var isUpgrade = _isUpgradeAsked;
        _isUpgradeAsked = false;
        _stops = isUpgrade ? 0 : _stops;
        return isUpgrade ? null : 0;
    }
}
