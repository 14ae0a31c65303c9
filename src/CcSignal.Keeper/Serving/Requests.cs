using System.Runtime.InteropServices;
using CcSignal.Keeper.Native;

namespace CcSignal.Keeper.Serving;

/// <summary>
/// What the outside asks of the keeper, by signals: SIGINT, SIGTERM and SIGQUIT to stop, SIGHUP to bring the server into a new version. A SIGHUP that
/// comes because the terminal went away is a stop, or nothing where it was ignored from the start (nohup(1)). Owns the registrations.
/// </summary>
internal sealed class Requests : IDisposable
{
    private readonly bool _hadTerminal = HasTerminal();
    // .NET leaves a signal alone that was ignored when the program started: an upgrade must reach us all the same.
    private readonly bool _ignoresHangup = Libc.signal(Libc.SIGHUP, Libc.SIG_DFL) == Libc.SIG_IGN;
    private readonly PosixSignalRegistration[] _registrations;

    public Requests(Action stop, Action upgrade)
    {
        _registrations =
        [
            On(PosixSignal.SIGINT, stop),
            On(PosixSignal.SIGTERM, stop),
            On(PosixSignal.SIGQUIT, stop),
            On(PosixSignal.SIGHUP, () => Hangup(stop, upgrade)),
        ];
    }

    public void Dispose() => Array.ForEach(_registrations, registration => registration.Dispose());

    private void Hangup(Action stop, Action upgrade)
    {
        if (!_hadTerminal || HasTerminal())
        {
            upgrade();
        }
        else if (!_ignoresHangup)
        {
            stop();
        }
    }

    private static PosixSignalRegistration On(PosixSignal signal, Action request) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            request();
        });

    private static bool HasTerminal()
    {
        var terminal = Libc.open("/dev/tty", Libc.O_RDONLY | Libc.O_NOCTTY | Libc.O_CLOEXEC);
        if (terminal < 0)
        {
            return false;
        }

        Libc.Check(Libc.close(terminal), "close");
        return true;
    }
}
