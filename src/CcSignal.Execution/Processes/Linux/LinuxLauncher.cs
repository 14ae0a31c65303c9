using System.ComponentModel;
using System.Runtime.InteropServices;
using CcSignal.Contracts;
using CcSignal.Execution.History;
using CcSignal.Execution.Journal;
using CcSignal.Execution.Processes.Linux.Keeping;
using CcSignal.Execution.Processes.Linux.Native;
using CcSignal.Execution.Processes.Linux.Spawning;
using CcSignal.Execution.Processes.Linux.Streams;
using CcSignal.Execution.Processes.Linux.Tree;
using CcSignal.Keeper.Wire;

namespace CcSignal.Execution.Processes.Linux;

/// <summary>
/// Starts commands as children in their own session, where it can be in a control group of their own. Owns the event loop that moves their output
/// and sees their end.
/// </summary>
internal sealed class LinuxLauncher : ILauncher
{
    private readonly TimeProvider _time;
    private readonly EventLoop _loop;
    private readonly ISpawner _spawner;
    private readonly ControlGroups? _groups;
    private readonly Controllers? _controllers;
    private readonly DirectTerms _direct;
    private readonly PipeBudget _pipes = PipeBudget.OfThisProcess();
    private readonly int _noInput;

    /// <param name="groups">Where commands get control groups; null: they get none. Owned from now on.</param>
    /// <param name="controllers">What limits their trees; null: nothing does. Owned from now on.</param>
    /// <param name="direct">What it offers to commands that write their recording themselves.</param>
    /// <param name="time">The clock.</param>
    /// <param name="keeper">Holds commands over the end of this server; null: nothing does.</param>
    /// <param name="spawner">Starts children; null: the best that this machine takes. Owned from now on.</param>
    public LinuxLauncher(
        ControlGroups? groups, Controllers? controllers, DirectTerms direct, TimeProvider time, KeeperLink? keeper = null, ISpawner? spawner = null)
    {
        (_time, _direct) = (time, direct);
        KeepStandardDescriptorsTaken();
        _loop = new EventLoop(time);
        _spawner = spawner ?? (CloneSpawner.IsSupported ? new CloneSpawner() : new PosixSpawner());
        _groups = _spawner.CanPrepare ? groups : null;
        _controllers = _spawner.CanPrepare ? controllers : null;
        _noInput = Libc.Check(Libc.open("/dev/null", Libc.O_RDONLY | Libc.O_CLOEXEC), "open /dev/null");
        Keeper = keeper;
        keeper?.Begin(_loop);
    }

    public string Name => "linux";

    public string ControlGroups => _groups is null ? "none" : "v2";

    public bool CanPause => true;

    public bool HasTerminals => File.Exists("/dev/ptmx");

    public bool HasSignals => true;

    public bool CanConfine => _spawner.CanPrepare;

    // Memory and CPU time are watched where no controller limits them.
    public IReadOnlyList<string> Limits =>
    [
        "memoryBytes", "cpuSeconds",
        .. _controllers?.LimitsProcesses == true ? (string[])["processes"] : [],
        .. _spawner.CanPrepare ? (string[])["openFiles"] : [],
    ];

    public KeeperLink? Keeper { get; }

    /// <summary>Whether the machine has all of it: what the newer way of starting children needs, or glibc from 2.34 (musl lacks addclosefrom_np).</summary>
    public static bool IsSupported { get; } =
        OperatingSystem.IsLinux()
        && NativeLibrary.TryLoad("libc", typeof(LinuxLauncher).Assembly, null, out var libc)
        && (CloneSpawner.IsSupported || NativeLibrary.TryGetExport(libc, "posix_spawn_file_actions_addclosefrom_np", out _));

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

    // Another user cannot open the files by name; root can open any.
    public bool CanWriteDirectly(Confinement confinement) =>
        _direct.IsProtected || (confinement.User is { UserId: var user and not 0 } && user != Libc.geteuid());

    public LaunchResult Launch(LaunchSpec spec)
    {
        if (spec.OutputFiles is not null)
        {
            return Start(spec);
        }

        var bytes = _pipes.Take(spec.PipeBytes);
        var result = Start(spec with { PipeBytes = bytes });
        if (result.Process is null)
        {
            _pipes.Return(bytes);
        }
        else
        {
            result.Process.OutputEnded.ContinueWith(_ => _pipes.Return(bytes), TaskScheduler.Default);
        }

        return result;
    }

    private LaunchResult Start(LaunchSpec spec)
    {
        try
        {
            using var streams = NewStreams.Open(spec, _noInput, _direct.IsProtected);
            Keeper?.Hold(spec.Number, streams.Ours.ToHold());
            var (spawnedAt, startedAt) = (_time.GetTimestamp(), _time.GetUtcNow().ToUnixTimeMilliseconds());
            var (groups, error, child, degraded) = Spawn(spec, streams.Childs);
            if (error.Number != 0)
            {
                return Explain(error, spec);
            }

            Keeper?.Started(spec.Number, child.ProcessId, spawnedAt, startedAt);
            var root = ProcessTable.Identify(child.ProcessId);
            var tree = new ProcessTree(root, spec.Environment[ProcessCookie.Variable], groups, _time);
            var exit = new ExitWatch(_loop, Keeper, spec.Number, child.ProcessId, child.PidFd);
            var terms = new StreamTerms(spec.Journal, spec.MaxOutputBytes, spec.DiskPatience, DropInput(spec.Number));
            var recording = Record(streams.HandOver(), spec.OutputFiles, terms, exit, tree);
            return new LaunchResult(new LinuxProcess(root, tree, exit, recording) { Degraded = degraded }, null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new LaunchFailure(EndCodes.SystemError, $"What '{spec.Name}' needs could not be set up: {exception.Message}");
        }
        catch (Win32Exception exception) when (exception.NativeErrorCode is Libc.EMFILE or Libc.ENFILE)
        {
            return new LaunchFailure(EndCodes.NoResources, $"The server has no descriptor left for '{spec.Name}': raise its open file limit.");
        }
        catch (Win32Exception exception) when (spec.Terminal is not null)
        {
            return new LaunchFailure(EndCodes.NoResources, $"The machine has no terminal for '{spec.Name}': {exception.Message}.");
        }
    }

    // What writes its recording itself goes on writing it, also when nobody lives to see its end.
    public bool CanAdopt(long number, ProcessIdentity? known, JournalFiles files) =>
        Keeper?.Left.Contains(number) == true || (known is not null && (files.IsDirect || ProcessTable.Has(known)));

    public IRunningProcess? Adopt(AdoptSpec spec)
    {
        var held = Keeper?.Take(spec.Number);
        if (held is null && spec.Known is null)
        {
            return null;
        }

        var keeper = held is null ? null : Keeper;
        held ??= HeldProcess.ByNobody(spec.Known!);
        var root = spec.Known ?? held.Identify();
        var tree = TreeOf(spec.Number, root, spec.Cookie);
        var exit = new AdoptedExit(_loop, _time, keeper, spec.Number, held);
        var terms = new StreamTerms(spec.Journal, spec.MaxOutputBytes, spec.DiskPatience, DropInput(spec.Number));
        return new LinuxProcess(root, tree, exit, Record(held.Descriptors, spec.OutputFiles, terms, exit, tree));
    }

    public async Task<bool> DiscardAsync(long number, ProcessIdentity? known, string cookie)
    {
        var held = Keeper?.Take(number);
        var tree = TreeOf(number, known ?? held?.Identify() ?? ProcessTable.Identify(ProcessTable.NoProcess), cookie);
        var lived = tree.Living().Count > 0;
        await tree.KillAsync();
        tree.Release();
        held?.Close();
        Keeper?.Forget(number);
        return lived;
    }

    public ValueTask DisposeAsync()
    {
        _loop.Dispose();
        _spawner.Dispose();
        _groups?.Dispose();
        _controllers?.Dispose();
        Libc.Check(Libc.close(_noInput), "close");
        return ValueTask.CompletedTask;
    }

    private ICommandStreams Record(CommandDescriptors? descriptors, JournalFiles? files, StreamTerms terms, IExitSource exit, ProcessTree tree) =>
        files is not null
            ? new DirectStreams(_loop, _time, files, descriptors, terms, _direct.MinFreeBytes, () => exit.Exited.IsCompleted && tree.IsEmpty)
        : descriptors is not null ? new PumpedStreams(_loop, _time, descriptors, terms)
        : new UnheldStreams();

    // Whatever an earlier server made to hold it together.
    private ProcessTree TreeOf(long number, ProcessIdentity root, string cookie) =>
        new(root, cookie, new TreeGroups(_groups?.Find(number), _controllers?.Find(number) ?? TreeLimits.None), _time);

    // As long as the keeper holds its input, the command does not see the end of it.
    private Action? DropInput(long number) => Keeper is { } keeper ? () => keeper.Drop(number, DescriptorRole.Stdin) : null;

    // A group that cannot be had must not keep a command from running, but it is told. Limits that cannot be had must.
    private (TreeGroups Groups, SpawnError Error, SpawnedChild Child, string? Degraded) Spawn(LaunchSpec spec, ChildDescriptors descriptors)
    {
        var limits = _controllers?.Create(spec.Number, spec.Limits) ?? TreeLimits.None;
        var (group, degraded) = MakeGroup(spec.Number);
        if (group is not null)
        {
            using var groups = new ChildGroups(group.Open(), limits.OpenJoins());
            var error = _spawner.Spawn(spec, descriptors, groups, out var child);
            if (error.Number == 0)
            {
                return (new TreeGroups(group, limits), error, child, null);
            }

            group.Remove();
            if (error.Step != SpawnStep.ControlGroup || limits.AreOfTheGroup)
            {
                limits.Release();
                return (TreeGroups.None, error, child, null);
            }

            degraded = Marshal.GetPInvokeErrorMessage(error.Number);
        }

        using var ours = new ChildGroups(null, limits.OpenJoins());
        var alone = _spawner.Spawn(spec, descriptors, ours, out var without);
        if (alone.Number != 0)
        {
            limits.Release();
        }

        return (new TreeGroups(null, limits), alone, without, degraded);
    }

    private (ControlGroup? Group, string? Degraded) MakeGroup(long number)
    {
        try
        {
            return (_groups?.Create(number), null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (null, exception.Message);
        }
    }

    // Command and directory were checked before: what ENOENT means now is the interpreter, unless somebody removed them meanwhile.
    private static LaunchFailure Explain(SpawnError error, LaunchSpec spec) => error.Number switch
    {
        _ when error.Step == SpawnStep.Directory => new LaunchFailure(
            EndCodes.BadDirectory, $"The working directory '{spec.WorkingDirectory}' cannot be entered: {Marshal.GetPInvokeErrorMessage(error.Number)}."),
        _ when error.Step == SpawnStep.User => new LaunchFailure(
            EndCodes.SystemError, $"The server may not start commands as user {spec.Confinement.User!.UserId}: {Marshal.GetPInvokeErrorMessage(error.Number)}."),
        _ when error.Step is SpawnStep.Limit or SpawnStep.ControlGroup => new LaunchFailure(
            EndCodes.SystemError, $"A limit of '{spec.Name}' could not be set: {Marshal.GetPInvokeErrorMessage(error.Number)}."),
        Libc.ENOENT when !File.Exists(spec.Path) => new LaunchFailure(EndCodes.NotFound, $"'{spec.Path}' does not exist."),
        Libc.ENOENT => new LaunchFailure(EndCodes.BadInterpreter, $"'{spec.Path}' names an interpreter or loader that does not exist."),
        Libc.EACCES => new LaunchFailure(EndCodes.NotExecutable, $"'{spec.Path}' or its interpreter may not be executed."),
        Libc.ENOEXEC => new LaunchFailure(EndCodes.NotExecutable, $"'{spec.Path}' is not a program and has no #! line."),
        Libc.E2BIG => new LaunchFailure(EndCodes.TooLarge, $"Arguments and environment of '{spec.Name}' are larger than the system takes."),
        Libc.EAGAIN or Libc.ENOMEM or Libc.EMFILE or Libc.ENFILE => new LaunchFailure(
            EndCodes.NoResources, $"The machine has no room for another process: {Marshal.GetPInvokeErrorMessage(error.Number)}."),
        _ => new LaunchFailure(EndCodes.SystemError, $"'{spec.Path}' could not be started: {Marshal.GetPInvokeErrorMessage(error.Number)}."),
    };

    // A server started with a closed 0, 1 or 2 would get a pipe there, and a child's dup2 would then close what it needs.
    private static void KeepStandardDescriptorsTaken()
    {
        var descriptor = 0;
        while (descriptor <= 2)
        {
            descriptor = Libc.Check(Libc.open("/dev/null", Libc.O_RDONLY | Libc.O_CLOEXEC), "open /dev/null");
        }

        Libc.Check(Libc.close(descriptor), "close");
    }
}
