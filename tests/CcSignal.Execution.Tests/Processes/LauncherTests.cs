using System.Diagnostics;
using CcSignal.Contracts;
using CcSignal.Execution.Journal;
using CcSignal.Execution.Processes;
using CcSignal.Execution.Processes.Linux;
using CcSignal.Execution.Processes.Linux.Spawning;
using CcSignal.Execution.Processes.Linux.Streams;
using CcSignal.TestKit;

namespace CcSignal.Execution.Tests.Processes;

/// <summary>The Linux launcher by itself: the traps that a process started beside .NET's own processes can fall into.</summary>
public sealed class LauncherTests : IDisposable
{
    private readonly TempDirectory _temp = new();
    private int _launched;

    public void Dispose() => _temp.Dispose();

    // .NET reaps its own children on SIGCHLD and fails fast when somebody takes them (https://github.com/dotnet/runtime/issues/33297); a pidfd
    // closed during another thread's posix_spawn leaves stale events that can hit the next owner of its number.
    [Theory(Timeout = 180_000)]
    [InlineData("clone")]
    [InlineData("posix")]
    public async Task A_thousand_exits_beside_as_many_of_dotnets_own_are_each_told_right(string spawner)
    {
        await using var launcher = Open(spawner);
        var wrong = 0;
        await Parallel.ForAsync(0, 1000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) =>
        {
            var code = number % 256;
            using var own = Process.Start("/bin/sh", ["-c", $"exit {255 - code}"]);
            var exit = await RunAsync(launcher, "/bin/sh", "-c", number % 3 == 0 ? $"kill -9 $$" : $"exit {code}");
            await own.WaitForExitAsync(CancellationToken.None);
            var right = number % 3 == 0 ? exit is { Signal: 9, ExitCode: null } : exit is { Signal: null } && exit.ExitCode == code;
            if (!right || own.ExitCode != 255 - code)
            {
                Interlocked.Increment(ref wrong);
            }
        });

        wrong.ShouldBe(0);
    }

    [Theory]
    [InlineData("clone")]
    [InlineData("posix")]
    public async Task Starts_leave_no_descriptor_open(string spawner)
    {
        await using var launcher = Open(spawner);
        await RunAsync(launcher, "/bin/true");
        var pipes = OpenPipes();

        for (var i = 0; i < 50; i++)
        {
            await RunAsync(launcher, "/bin/true");
            Launch(launcher, "/no/such/program").Failure.ShouldNotBeNull();
        }

        // Other tests open pipes too: what must not be is a growth with the number of starts.
        await Eventually.Holds(() => OpenPipes() < pipes + 50, cancellationToken: TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("clone")]
    [InlineData("posix")]
    public async Task More_than_the_system_takes_is_too_large(string spawner)
    {
        await using var launcher = Open(spawner);

        Launch(launcher, "/bin/true", [.. Enumerable.Repeat(new string('a', 100_000), 100)]).Failure!.Code.ShouldBe(EndCodes.TooLarge);
    }

    [Theory]
    [InlineData("clone")]
    [InlineData("posix")]
    public async Task What_disappears_between_the_look_and_the_start_is_named_for_what_it_is(string spawner)
    {
        await using var launcher = Open(spawner);

        Launch(launcher, "/no/such/program").Failure!.Code.ShouldBe(EndCodes.NotFound);
        LaunchIn(launcher, "/no/such/directory", "/bin/true").Failure!.Code.ShouldBe(EndCodes.BadDirectory);
    }

    [Theory]
    [InlineData("clone")]
    [InlineData("posix")]
    public async Task An_unbuffered_writer_makes_few_records_and_its_first_line_does_not_wait(string spawner)
    {
        await using var launcher = Open(spawner);

        await RunAsync(launcher, Child.Path, "one-byte", "200000");

        var records = new FileInfo(LastJournal.Index).Length / IndexRecord.Size;
        new FileInfo(LastJournal.Of(OutputStream.Stdout)).Length.ShouldBe(200_000);
        records.ShouldBeLessThan(50_000, "the pump was woken for every byte");
    }

    // glibc's posix_spawn leaves ignored the two signals that it keeps for itself, 32 and 33. The shell reads its own status: while it waits for
    // a child's exec (dash starts them by vfork) all signals are blocked.
    [Theory]
    [InlineData("clone", "0000000000000000")]
    [InlineData("posix", "0000000180000000")]
    public async Task A_child_has_a_session_of_its_own_every_signal_at_its_default_and_three_descriptors(string spawner, string ignored)
    {
        await using var launcher = Open(spawner);

        const string Looks = """
            ps -o pid=,pgid=,sid= -p $$
            while read -r line; do case $line in SigBlk*|SigIgn*) echo "$line";; esac; done < /proc/$$/status
            ls /proc/$$/fd
            pwd
            """;
        await RunAsync(launcher, "/bin/sh", "-c", Looks);

        var said = (await File.ReadAllTextAsync(LastJournal.Of(OutputStream.Stdout), TestContext.Current.CancellationToken)).Split('\n');
        said[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().Count().ShouldBe(1, "process, group and session have one number");
        said[1..].ShouldBe(["SigBlk:\t0000000000000000", $"SigIgn:\t{ignored}", "0", "1", "2", "/", ""]);
    }

    private static LinuxLauncher Open(string spawner)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The Linux launcher.");
        Assert.SkipUnless(spawner != "clone" || CloneSpawner.IsSupported, "This machine has no clone3, or is none for its code.");
        return new LinuxLauncher(
            null, null, new DirectTerms(IsProtected: false, 0), TimeProvider.System, spawner: spawner == "clone" ? new CloneSpawner() : new PosixSpawner());
    }

    private JournalFiles LastJournal => new(_temp[$"journal-{_launched}"]);

    private static int OpenPipes() =>
        Directory.EnumerateFiles("/proc/self/fd").Count(entry => new FileInfo(entry).LinkTarget?.StartsWith("pipe:", StringComparison.Ordinal) == true);

    private LaunchResult Launch(LinuxLauncher launcher, string path, params string[] arguments) => LaunchIn(launcher, "/", path, arguments);

    private LaunchResult LaunchIn(LinuxLauncher launcher, string directory, string path, params string[] arguments)
    {
        using var journal = new JournalWriter(new JournalFiles(_temp[$"failing-{Interlocked.Increment(ref _launched)}"]), new JournalHead(default), TimeProvider.System);
        return launcher.Launch(Spec(journal, directory, path, arguments));
    }

    private async Task<ProcessExit> RunAsync(LinuxLauncher launcher, string path, params string[] arguments)
    {
        using var journal = new JournalWriter(new JournalFiles(_temp[$"journal-{Interlocked.Increment(ref _launched)}"]), new JournalHead(default), TimeProvider.System);
        var process = launcher.Launch(Spec(journal, "/", path, arguments)).Process!;
        process.Begin();
        var exit = await process.Exited;
        await process.OutputEnded;
        return exit;
    }

    private static LaunchSpec Spec(JournalWriter journal, string directory, string path, string[] arguments) => new()
    {
        Number = 1,
        Path = path,
        Name = path,
        Arguments = arguments,
        WorkingDirectory = directory,
        Environment = new Dictionary<string, string> { ["DOTNET_ROOT"] = Child.DotnetRoot, [ProcessCookie.Variable] = "1.launcher-tests" },
        Journal = journal,
        DiskPatience = new DiskPatience(TimeSpan.Zero, TimeProvider.System, _ => { }),
    };
}
