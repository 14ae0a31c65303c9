using System.Runtime.InteropServices;
using CcSignal.Execution.Processes.Linux.Native;

namespace CcSignal.Server.Hosting;

/// <summary>
/// Ctrl+C and its kin: the first one asks for an orderly stop, the second for no more patience with the commands, the third ends the
/// process at once. Below a keeper only SIGTERM counts, which the keeper sends: a terminal's signals reach both, and must not be counted twice. Owns
/// the registrations.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    // A terminal, a shell and timeout(1) signal the process and its group, so that one request may come twice.
    private static readonly TimeSpan Echo = TimeSpan.FromMilliseconds(500);

    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _urged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] _registrations;
    private readonly int? _keeper;
    private long _lastAt;

    public StopSignals(bool hasKeeper)
    {
        _keeper = hasKeeper ? Parent() : null;
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT];
        _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, Receive))];
        if (hasKeeper)
        {
            _registrations = [.. _registrations, PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => context.Cancel = _keeper == Parent())];
        }
    }

    /// <summary>Completes with the first signal.</summary>
    public Task Asked => _asked.Task;

    /// <summary>Completes with the second.</summary>
    public Task Urged => _urged.Task;

    public void Dispose() => Array.ForEach(_registrations, registration => registration.Dispose());

    private static int Parent() => Libc.getppid();

    // What is not taken from the system it answers itself: by ending the process.
    private void Receive(PosixSignalContext context)
    {
        // The keeper hears it too, and forwards it; without one, an orphan's signals are its own.
        if (_keeper is not null && context.Signal != PosixSignal.SIGTERM && _keeper == Parent())
        {
            context.Cancel = true;
        }
        else if (_asked.TrySetResult())
        {
            _lastAt = TimeProvider.System.GetTimestamp();
            context.Cancel = true;
        }
        else if (TimeProvider.System.GetElapsedTime(_lastAt) < Echo)
        {
            context.Cancel = true;
        }
        else
        {
            _lastAt = TimeProvider.System.GetTimestamp();
            context.Cancel = _urged.TrySetResult();
        }
    }
}
