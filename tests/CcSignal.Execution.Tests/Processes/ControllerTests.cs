using CcSignal.Contracts;
using CcSignal.Execution.Journal;
using CcSignal.Execution.Processes;
using CcSignal.Execution.Processes.Linux;
using CcSignal.Execution.Processes.Linux.Spawning;
using CcSignal.Execution.Processes.Linux.Streams;
using CcSignal.Execution.Processes.Linux.Tree;
using CcSignal.TestKit;

namespace CcSignal.Execution.Tests.Processes;

/// <summary>
/// The controllers of cgroup version 2. Many build machines bind them to version 1: <c>tests/vm/run</c> runs these in a machine of their own, where
/// they may not be skipped.
/// </summary>
public sealed class ControllerTests
{
    private const long Mebibyte = 1024 * 1024;

    [Fact]
    public async Task The_limits_of_a_tree_stand_in_its_own_group()
    {
        await using var engine = await StartAsync();

        var limits = new ResourceLimits { MemoryBytes = 100 * Mebibyte, Processes = 7 };
        var said = (await engine.RunAsync(InItsGroup("cat memory.max memory.swap.max memory.oom.group pids.max") with { Limits = limits })).Text();

        said.ShouldBe("104857600\n0\n1\n7\n");
    }

    [Fact]
    public async Task A_tree_without_limits_has_none_in_its_group()
    {
        await using var engine = await StartAsync();

        (await engine.RunAsync(InItsGroup("cat memory.max pids.max"))).Text().ShouldBe("max\nmax\n");
    }

    // The kernel counts every kill of a member in the member's group, whoever's limit it was for.
    [Fact]
    public async Task A_kill_for_the_memory_of_a_group_above_is_not_told_as_the_trees_own_limit()
    {
        await using var engine = await StartAsync();
        var group = (await engine.RunAsync(InItsGroup("pwd"))).Text().TrimEnd();
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(group)!, "memory.max"), $"{100 * Mebibyte}", TestContext.Current.CancellationToken);

        var events = await engine.RunAsync(Shell("head -c 500M /dev/zero | tail -c 400M") with { Limits = new ResourceLimits { MemoryBytes = 1024 * Mebibyte } });

        (events.End().Cause, events.End().Signal).ShouldBe((EndCause.Signaled, "SIGKILL"));
    }

    // Such a command once ran beside its group, and its limits held nobody.
    [Fact]
    public async Task A_command_that_cannot_be_born_where_its_limits_are_does_not_start()
    {
        await (await StartAsync()).DisposeAsync();
        using var temp = new TempDirectory();
        var groups = ControlGroups.Open("controller-tests", [Environment.ProcessId]);
        await using var launcher = new LinuxLauncher(
            groups, new Controllers(groups, "controller-tests"), new DirectTerms(IsProtected: false, 0), TimeProvider.System, spawner: new StraySpawner());
        using var journal = new JournalWriter(new JournalFiles(temp["journal"]), new JournalHead(default), TimeProvider.System);
        var spec = new LaunchSpec
        {
            Number = 1,
            Path = "/bin/true",
            Name = "true",
            Arguments = [],
            WorkingDirectory = "/",
            Environment = new Dictionary<string, string> { [ProcessCookie.Variable] = "1.controller-tests" },
            Limits = new ResourceLimits { MemoryBytes = 100 * Mebibyte },
            Journal = journal,
            DiskPatience = new DiskPatience(TimeSpan.Zero, TimeProvider.System, _ => { }),
        };

        var limited = launcher.Launch(spec);

        (limited.Process, limited.Failure!.Code).ShouldBe((null, EndCodes.SystemError));
        limited.Failure.Message.ShouldContain("A limit of 'true' could not be set");
        Directory.EnumerateDirectories(groups!.Directory).ShouldBeEmpty();
    }

    private static async Task<Engine> StartAsync()
    {
        var engine = await Trees.StartAsync("v2");
        var controllers = (await engine.RunAsync(InItsGroup("cat cgroup.controllers"))).Text();
        if (!(controllers.Contains("memory", StringComparison.Ordinal) && controllers.Contains("pids", StringComparison.Ordinal)))
        {
            await engine.DisposeAsync();
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CCSIGNAL_REQUIRE_CONTROLLERS") == "1", "The controllers of this machine are not of version 2.");
            Assert.Fail($"A command's group has the controllers '{controllers.TrimEnd()}' only.");
        }

        return engine;
    }

    private static ExecutionRequest InItsGroup(string script) =>
        Shell($"cd \"$(findmnt -n -o TARGET -t cgroup2 | head -n 1)$(sed -n s/^0:://p /proc/self/cgroup)\" && {script}");

    private static ExecutionRequest Shell(string script) => new() { Command = "sh", Arguments = ["-c", script] };

    /// <summary>Gives a child, in place of its group, a directory that is none: the kernel refuses.</summary>
    private sealed class StraySpawner : ISpawner
    {
        private readonly CloneSpawner _spawner = new();

        public bool CanPrepare => true;

        public SpawnError Spawn(LaunchSpec spec, ChildDescriptors descriptors, ChildGroups groups, out SpawnedChild child)
        {
            using var stray = new ControlGroup("/").Open();
            return _spawner.Spawn(spec, descriptors, groups.Born is null ? groups : groups with { Born = stray }, out child);
        }

        public void Dispose() => _spawner.Dispose();
    }
}
