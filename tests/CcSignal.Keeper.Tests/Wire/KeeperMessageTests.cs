using CcSignal.Keeper.Wire;

namespace CcSignal.Keeper.Tests.Wire;

/// <summary>What one side writes the other reads, also when one of them is older.</summary>
public sealed class KeeperMessageTests
{
    private static readonly KeeperMessage Full = new()
    {
        Kind = MessageKind.Held,
        Number = long.MaxValue - 3,
        ProcessId = 4_194_304,
        SpawnedAt = 987_654_321_012_345,
        StartedAt = 1_795_000_000_123,
        Status = new ExitStatus(IsExit: false, 11, 5_000_001, 70_000_000_000),
        Roles = KeeperMessage.Pack(DescriptorRole.Stdout, DescriptorRole.Stderr, DescriptorRole.Stdin),
    };

    [Fact]
    public void A_message_is_read_as_it_was_written()
    {
        RoundTrip(Full).ShouldBe(Full);
        RoundTrip(new KeeperMessage { Kind = MessageKind.Ready }).ShouldBe(new KeeperMessage { Kind = MessageKind.Ready });
        var exited = new KeeperMessage { Kind = MessageKind.Exited, Number = 1, Status = new ExitStatus(IsExit: true, 255) };
        RoundTrip(exited).ShouldBe(exited);
    }

    [Fact]
    public void Roles_come_in_the_order_of_the_descriptors()
    {
        Full.DescriptorCount.ShouldBe(3);
        Enumerable.Range(0, 3).Select(Full.RoleAt).ShouldBe([DescriptorRole.Stdout, DescriptorRole.Stderr, DescriptorRole.Stdin]);
        new KeeperMessage { Kind = MessageKind.Hold }.DescriptorCount.ShouldBe(0);
    }

    [Fact]
    public void The_bytes_are_those_that_keepers_in_service_speak()
    {
        var bytes = new byte[KeeperMessage.Size];
        Full.Write(bytes);

        string[] fields =
        [
            "01100100", "00004000", "fcffffffffffff7f", "0304020000000000", "79fef63044820300", "7b5e56eea1010000", "0b00000000000000",
            "414b4c0000000000", "003c534c10000000",
        ];
        Convert.ToHexStringLower(bytes).ShouldBe(string.Concat(fields));
    }

    [Fact]
    public void A_later_version_may_be_longer_and_an_unknown_kind_is_read()
    {
        var bytes = new byte[KeeperMessage.Size + 40];
        Full.Write(bytes);
        bytes[0] = 2;
        bytes[1] = 200;

        KeeperMessage.TryRead(bytes, out var message).ShouldBeTrue();
        message.ShouldBe(Full with { Kind = (MessageKind)200 });
    }

    [Fact]
    public void What_is_too_short_or_has_no_version_is_no_message()
    {
        KeeperMessage.TryRead(new byte[KeeperMessage.Size - 1], out _).ShouldBeFalse();
        KeeperMessage.TryRead(new byte[KeeperMessage.Size], out _).ShouldBeFalse();
        KeeperMessage.TryRead([], out _).ShouldBeFalse();
    }

    private static KeeperMessage RoundTrip(KeeperMessage message)
    {
        var bytes = new byte[KeeperMessage.Size];
        message.Write(bytes);
        KeeperMessage.TryRead(bytes, out var read).ShouldBeTrue();
        return read;
    }
}
