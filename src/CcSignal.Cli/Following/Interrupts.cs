using System.Runtime.InteropServices;

namespace CcSignal.Cli.Following;

/// <summary>
/// Signals to this program while it follows a command: the first SIGINT or SIGTERM asks to stop the command, the second asks to leave it
/// to itself, and so does SIGHUP at once, since a closed terminal is no reason to lose work. Owns the handlers.
/// </summary>
internal sealed class Interrupts : IDisposable
{
    private readonly TaskCompletionSource _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _leave = new();
    private readonly PosixSignalRegistration[] _handlers;

    public Interrupts() => _handlers =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, Handle),
    ];

    /// <summary>Completes when the command is to be stopped.</summary>
    public Task Stop => _stop.Task;

    /// <summary>Is cancelled when the command is to be left.</summary>
    public CancellationToken Leave => _leave.Token;

    /// <summary>Asks to stop the command; a second time, to leave it.</summary>
    public void AskToStop()
    {
        if (!_stop.TrySetResult())
        {
            AskToLeave();
        }
    }

    /// <summary>Asks to leave the command.</summary>
    public void AskToLeave() => _leave.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var handler in _handlers)
        {
            handler.Dispose();
        }

        _leave.Dispose();
    }

    private void Handle(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (signal.Signal == PosixSignal.SIGHUP)
        {
            AskToLeave();
        }
        else
        {
            AskToStop();
        }
    }
}
