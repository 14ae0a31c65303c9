using CcSignal.Keeper.Native;
using CcSignal.Keeper.Wire;

namespace CcSignal.Keeper.Tests.Wire;

/// <summary>The socket itself: what was sent is there, whoever is gone.</summary>
public sealed class KeeperSocketTests
{
    private static readonly KeeperMessage Hold = new() { Kind = MessageKind.Hold, Number = 7, Roles = KeeperMessage.Pack(DescriptorRole.Stdout, DescriptorRole.Stderr) };

    [Fact]
    public void What_was_sent_outlives_its_sender_with_its_descriptors()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A keeper needs Linux.");
        var (keeper, server) = KeeperSocket.Pair();
        using (keeper)
        {
            var one = Libc.Check(Libc.open("/dev/null", Libc.O_RDONLY | Libc.O_CLOEXEC), "open");
            server.TrySend(Hold, [one, one], wait: false).ShouldBeTrue();
            Libc.close(one).ShouldBe(0);
            server.Dispose();

            var received = keeper.Receive(wait: true);

            received.Message.ShouldBe(Hold);
            received.Truncated.ShouldBeFalse();
            received.Descriptors.Select(held => held.Role).ShouldBe([DescriptorRole.Stdout, DescriptorRole.Stderr]);
            received.Descriptors.ShouldAllBe(held => Libc.close(held.Descriptor) == 0);
            keeper.Receive(wait: true).Closed.ShouldBeTrue();
        }
    }

    [Fact]
    public void Who_does_not_read_is_not_waited_for()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A keeper needs Linux.");
        var (keeper, server) = KeeperSocket.Pair();
        using (keeper)
        using (server)
        {
            var sent = 0;
            while (sent < 1_000_000 && server.TrySend(new KeeperMessage { Kind = MessageKind.Ready }, [], wait: false))
            {
                sent++;
            }

            sent.ShouldBeInRange(50, 100_000);
        }
    }

    [Fact]
    public void Descriptors_that_did_not_arrive_are_missed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A keeper needs Linux.");
        var (keeper, server) = KeeperSocket.Pair();
        using (keeper)
        using (server)
        {
            server.TrySend(Hold, [server.Descriptor], wait: false).ShouldBeTrue();

            var received = keeper.Receive(wait: true);

            received.Truncated.ShouldBeTrue();
            received.Descriptors.ShouldAllBe(held => Libc.close(held.Descriptor) == 0);
        }
    }
}
