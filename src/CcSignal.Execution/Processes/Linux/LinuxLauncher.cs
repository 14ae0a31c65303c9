using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using CcSignal.Contracts;
using CcSignal.Execution.Processes.Linux.Native;

namespace CcSignal.Execution.Processes.Linux;

/// <summary>
/// Starts commands by posix_spawn(3): own session, default signals, nothing inherited but descriptors 0–2. Owns the event loop that moves
/// their output and sees their end.
/// </summary>
internal sealed unsafe class LinuxLauncher : ILauncher
{
    private readonly TimeProvider _time;
    private readonly EventLoop _loop;
    private readonly SpawnAttributes _attributes = new();

    public LinuxLauncher(TimeProvider time)
    {
        _time = time;
        KeepStandardDescriptorsTaken();
        _loop = new EventLoop(time);
    }

    public string Name => "linux";

    /// <summary>Whether the C library has all of it: glibc from 2.34; musl lacks addclosefrom_np.</summary>
    public static bool IsSupported { get; } =
        OperatingSystem.IsLinux()
        && NativeLibrary.TryLoad("libc", typeof(LinuxLauncher).Assembly, null, out var libc)
        && NativeLibrary.TryGetExport(libc, "posix_spawn_file_actions_addclosefrom_np", out _);

    /// <summary>
    /// To be called first in <c>Main</c>. A parent that ignored SIGCHLD hands that on through exec; then the kernel reaps our children
    /// itself and every exit status is gone.
    /// </summary>
    public static void PrepareProcess()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Libc.signal(Libc.SIGCHLD, Libc.SIG_DFL);
        }
    }

    public LaunchResult Launch(LaunchSpec spec)
    {
        OutputPipe stdout = default, stderr = default;
        var pipes = 0;
        try
        {
            stdout = OutputPipe.Open(spec.PipeBytes);
            pipes++;
            stderr = OutputPipe.Open(spec.PipeBytes);
            pipes++;
            var error = Spawn(spec, stdout, stderr, out var processId);
            if (error != 0)
            {
                return Explain(error, spec);
            }

            var pidfd = OpenOrKill(processId);
            pipes = 0;
            stdout.CloseWriter();
            stderr.CloseWriter();
            return new LaunchResult(new LinuxProcess(_loop, _time, spec, processId, pidfd, stdout, stderr), null);
        }
        catch (Win32Exception exception) when (exception.NativeErrorCode is Libc.EMFILE or Libc.ENFILE)
        {
            return new LaunchFailure(EndCodes.NoResources, $"The server has no descriptor left for '{spec.Name}': raise its open file limit.");
        }
        finally
        {
            Close(stdout, pipes > 0);
            Close(stderr, pipes > 1);
        }
    }

    public ValueTask DisposeAsync()
    {
        _loop.Dispose();
        _attributes.Dispose();
        return ValueTask.CompletedTask;
    }

    private int Spawn(LaunchSpec spec, OutputPipe stdout, OutputPipe stderr, out int processId)
    {
        using var actions = new SpawnFileActions(stdout.Writer, stderr.Writer, spec.WorkingDirectory);
        using var arguments = new NativeStrings([spec.Name, .. spec.Arguments]);
        using var environment = new NativeStrings([.. spec.Environment.Select(variable => $"{variable.Key}={variable.Value}")]);
        var path = new byte[Encoding.UTF8.GetMaxByteCount(spec.Path.Length) + 1];
        Encoding.UTF8.GetBytes(spec.Path, path);
        fixed (byte* pointer = path)
        {
            return Libc.posix_spawn(
                out processId, pointer, actions.Pointer, _attributes.Pointer, arguments.Pointer, environment.Pointer);
        }
    }

    // Without a descriptor for it the process could not be followed: then it must not run.
    private static int OpenOrKill(int processId)
    {
        var pidfd = Libc.pidfd_open(processId);
        if (pidfd < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            var info = stackalloc byte[Libc.SigInfoSize];
            _ = Libc.kill(-processId, SignalNames.SIGKILL);
            _ = Libc.waitid(Libc.P_PID, processId, info, Libc.WEXITED, null);
            throw new Win32Exception(error, $"pidfd_open: {Marshal.GetPInvokeErrorMessage(error)}");
        }

        return pidfd;
    }

    // Command and directory were checked before: what ENOENT means now is the interpreter, unless somebody removed them meanwhile.
    private static LaunchFailure Explain(int error, LaunchSpec spec) => error switch
    {
        Libc.ENOENT when !Directory.Exists(spec.WorkingDirectory) =>
            new LaunchFailure(EndCodes.BadDirectory, $"The working directory '{spec.WorkingDirectory}' does not exist."),
        Libc.ENOENT when !File.Exists(spec.Path) => new LaunchFailure(EndCodes.NotFound, $"'{spec.Path}' does not exist."),
        Libc.ENOENT => new LaunchFailure(EndCodes.BadInterpreter, $"'{spec.Path}' names an interpreter or loader that does not exist."),
        Libc.EACCES => new LaunchFailure(EndCodes.NotExecutable, $"'{spec.Path}' or its interpreter may not be executed."),
        Libc.ENOEXEC => new LaunchFailure(EndCodes.NotExecutable, $"'{spec.Path}' is not a program and has no #! line."),
        Libc.E2BIG => new LaunchFailure(EndCodes.TooLarge, $"Arguments and environment of '{spec.Name}' are larger than the system takes."),
        Libc.EAGAIN or Libc.ENOMEM or Libc.EMFILE or Libc.ENFILE => new LaunchFailure(
            EndCodes.NoResources, $"The machine has no room for another process: {Marshal.GetPInvokeErrorMessage(error)}."),
        _ => new LaunchFailure(EndCodes.SystemError, $"'{spec.Path}' could not be started: {Marshal.GetPInvokeErrorMessage(error)}."),
    };

    private static void Close(OutputPipe pipe, bool open)
    {
        if (open)
        {
            pipe.CloseReader();
            pipe.CloseWriter();
        }
    }

    // A server started with a closed 0, 1 or 2 would get a pipe there, and a child's dup2 would then close what it needs.
    private static void KeepStandardDescriptorsTaken()
    {
        var descriptor = 0;
        while (descriptor <= 2)
        {
            descriptor = EventLoop.Check(Libc.open("/dev/null", Libc.O_RDONLY | Libc.O_CLOEXEC), "open /dev/null");
        }

        EventLoop.Check(Libc.close(descriptor), "close");
    }
}
