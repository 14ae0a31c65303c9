using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using CcSignal.Contracts;

namespace CcSignal.Cli.Terminal;

/// <summary>
/// This program's terminal in raw mode: every key is a byte, nothing is echoed. Owns that state; the terminal is as it was before after the
/// disposal, and however else this process ends but by SIGKILL.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class RawTerminal : IDisposable
{
    private const int StandardInput = 0;
    private static readonly TerminalSize _usualSize = new(80, 24);

    private readonly Lock _gate = new();
    private readonly byte[] _before = new byte[LibC.TermiosBytes];
    private readonly byte[] _raw;
    private readonly PosixSignalRegistration[] _handlers;
    private bool _restored;

    private RawTerminal()
    {
        Succeed(LibC.GetTerminal(StandardInput, _before));
        _raw = [.. _before];
        LibC.MakeRaw(_raw);
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        AppDomain.CurrentDomain.UnhandledException += OnExit;
        _handlers =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGQUIT, _ => Restore()),
            PosixSignalRegistration.Create(PosixSignal.SIGTSTP, _ => Set(_before)),
            PosixSignalRegistration.Create(PosixSignal.SIGCONT, _ => Set(_raw)),
        ];
        Succeed(LibC.SetTerminal(StandardInput, LibC.AfterOutput, _raw));
        Messages.OnRawTerminal = true;
    }

    /// <summary>How large it is now.</summary>
    public static TerminalSize Size =>
        LibC.WindowSize(StandardInput) is { } size ? new TerminalSize(size.Columns, size.Rows) : _usualSize;

    /// <summary>Checks that there is one, before anything is started.</summary>
    /// <exception cref="ArgumentException">Standard input is no terminal.</exception>
    public static void Demand()
    {
        if (OperatingSystem.IsWindows() || LibC.IsTerminal(StandardInput) == 0)
        {
            throw new ArgumentException("--terminal needs a terminal, and standard input is none: use --interactive for a pipe or a file.");
        }
    }

    /// <summary>Makes it raw.</summary>
    /// <exception cref="IOException">The system refuses.</exception>
    public static RawTerminal Enter() => new();

    /// <inheritdoc/>
    public void Dispose()
    {
        Restore();
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        AppDomain.CurrentDomain.UnhandledException -= OnExit;
        foreach (var handler in _handlers)
        {
            handler.Dispose();
        }
    }

    private void OnExit(object? sender, EventArgs arguments) => Restore();

    private void Restore()
    {
        lock (_gate)
        {
            Set(_before);
            _restored = true;
            Messages.OnRawTerminal = false;
        }
    }

    private void Set(byte[] settings)
    {
        lock (_gate)
        {
            if (!_restored)
            {
                // Fails only when the terminal is gone (EIO after a hangup), and then there is nothing to restore.
                _ = LibC.SetTerminal(StandardInput, LibC.AfterOutput, settings);
            }
        }
    }

    private static void Succeed(int result)
    {
        if (result != 0)
        {
            throw new IOException($"Cannot use the terminal: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}.");
        }
    }
}
