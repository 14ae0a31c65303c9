using CcSignal.Keeper.Holding;
using CcSignal.Keeper.Native;
using CcSignal.Keeper.Wire;

namespace CcSignal.Keeper.Tests.Holding;

/// <summary>What the keeper knows, whichever of two things it hears first.</summary>
public sealed class HoldingsTests
{
    private const int Process = 4242;
    private static readonly ExitStatus Seven = new(IsExit: true, 7);
    private static readonly ExitStatus Killed = new(IsExit: false, 9);

    private readonly Holdings _holdings = new();

    [Fact]
    public void A_status_that_comes_after_the_name_is_the_executions()
    {
        Start(at: 100);

        _holdings.Reaped(Process, Seven, at: 200)!.Number.ShouldBe(1);

        Only().Status.ShouldBe(Seven);
    }

    // A server killed right after a start: the name lies in the socket, the process is the keeper's already.
    [Fact]
    public void A_status_that_comes_before_the_name_is_the_executions()
    {
        _holdings.Reaped(Process, Seven, at: 150).ShouldBeNull();

        Start(at: 100);

        Only().Status.ShouldBe(Seven);
    }

    [Fact]
    public void A_status_of_an_earlier_process_with_the_same_number_is_not()
    {
        _holdings.Reaped(Process, Killed, at: 50).ShouldBeNull();

        Start(at: 100);

        Only().Status.ShouldBeNull();
    }

    [Fact]
    public void What_the_server_said_of_the_end_stays_whoever_reaps()
    {
        Start(at: 100);
        _holdings.Take(new KeeperMessage { Kind = MessageKind.Ended, Number = 1, Status = Seven }, []);

        _holdings.Reaped(Process, Killed, at: 200).ShouldBeNull("the number may be another process's by now");

        Only().Status.ShouldBe(Seven);
    }

    [Fact]
    public void Only_the_latest_of_those_that_nobody_names_are_kept()
    {
        for (var process = 1; process <= 5_000; process++)
        {
            _holdings.Reaped(process, Seven, at: process);
        }

        _holdings.Take(new KeeperMessage { Kind = MessageKind.Started, Number = 1, ProcessId = 1 }, []);
        _holdings.Take(new KeeperMessage { Kind = MessageKind.Started, Number = 2, ProcessId = 5_000 }, []);

        _holdings.All.Single(execution => execution.Number == 1).Status.ShouldBeNull();
        _holdings.All.Single(execution => execution.Number == 2).Status.ShouldBe(Seven);
    }

    [Fact]
    public void Descriptors_are_closed_when_they_are_dropped_and_when_all_is_forgotten()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A keeper needs Linux.");
        var (input, output) = (Open(), Open());
        _holdings.Take(
            new KeeperMessage { Kind = MessageKind.Hold, Number = 1 },
            [new HeldDescriptor(DescriptorRole.Stdin, input), new HeldDescriptor(DescriptorRole.Stdout, output)]);

        _holdings.Take(new KeeperMessage { Kind = MessageKind.Drop, Number = 1, Roles = KeeperMessage.Pack(DescriptorRole.Stdin) }, []);
        IsOpen(input).ShouldBeFalse();
        IsOpen(output).ShouldBeTrue();

        _holdings.Take(new KeeperMessage { Kind = MessageKind.Forget, Number = 1 }, []);
        IsOpen(output).ShouldBeFalse();
        _holdings.All.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_not_known_is_passed_over_and_what_came_with_it_closed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A keeper needs Linux.");
        var stray = Open();

        _holdings.Take(new KeeperMessage { Kind = (MessageKind)99, Number = 5 }, [new HeldDescriptor(DescriptorRole.Stdout, stray)]);
        _holdings.Take(new KeeperMessage { Kind = MessageKind.Forget, Number = 6 }, []);

        IsOpen(stray).ShouldBeFalse();
        _holdings.All.ShouldBeEmpty();
    }

    private void Start(long at) =>
        _holdings.Take(new KeeperMessage { Kind = MessageKind.Started, Number = 1, ProcessId = Process, SpawnedAt = at }, []);

    private HeldExecution Only() => _holdings.All.ShouldHaveSingleItem();

    private static int Open() => Libc.Check(Libc.open("/dev/null", Libc.O_RDONLY | Libc.O_CLOEXEC), "open");

    private static bool IsOpen(int descriptor) => Libc.fcntl(descriptor, Libc.F_SETFD, Libc.FD_CLOEXEC) == 0;
}
