using CsCheck;

namespace CcSignal.MessagePack.Tests;

public class NumberTests
{
    /// <summary>Every form that a peer may choose: fixint, uint 8–64, int 8–64, float 32 and 64 with nothing behind the point.</summary>
    public static TheoryData<string, long> Forms => new()
    {
        { "00", 0 },
        { "7f", 127 },
        { "ff", -1 },
        { "e0", -32 },
        { "cc 00", 0 },
        { "cc ff", 255 },
        { "cd 00 07", 7 },
        { "cd ff ff", 65_535 },
        { "ce 00 00 00 07", 7 },
        { "ce ff ff ff ff", uint.MaxValue },
        { "cf 00 00 00 00 00 00 00 07", 7 },
        { "cf 7f ff ff ff ff ff ff ff", long.MaxValue },
        { "d0 80", -128 },
        { "d0 7f", 127 },
        { "d1 80 00", short.MinValue },
        { "d1 00 07", 7 },
        { "d2 80 00 00 00", int.MinValue },
        { "d2 00 00 00 07", 7 },
        { "d3 80 00 00 00 00 00 00 00", long.MinValue },
        { "d3 00 00 00 00 00 00 00 07", 7 },
        { "ca 42 28 00 00", 42 },
        { "ca c2 28 00 00", -42 },
        { "ca 80 00 00 00", 0 },
        { "cb 40 45 00 00 00 00 00 00", 42 },
        { "cb c3 e0 00 00 00 00 00 00", long.MinValue },
        { "cb 43 df ff ff ff ff ff ff", 9_223_372_036_854_774_784 },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void An_integer_is_read_in_every_width(string form, long value)
    {
        Frames.ReadItem<long>(form).ShouldBe(value);
        Frames.ReadItem<long?>(form).ShouldBe(value);
        Frames.ReadItem<double>(form).ShouldBe(value);
    }

    [Theory]
    [InlineData("ce 7f ff ff ff", int.MaxValue)]
    [InlineData("d3 ff ff ff ff 80 00 00 00", int.MinValue)]
    public void An_integer_of_32_bits_reaches_to_its_ends(string form, int value) => Frames.ReadItem<int>(form).ShouldBe(value);

    [Theory]
    [InlineData("ce 80 00 00 00")]
    [InlineData("d3 ff ff ff ff 7f ff ff ff")]
    [InlineData("cb 41 e0 00 00 00 00 00 00")]
    public void An_integer_of_32_bits_reaches_no_further(string form) =>
        Should.Throw<InvalidDataException>(() => Frames.ReadItem<int>(form)).Message.ShouldStartWith("expected integer of 32 bits, found ");

    [Theory]
    [InlineData("cf 80 00 00 00 00 00 00 00", "expected integer of 64 bits with sign, found a larger one.")]
    [InlineData("cb 43 e0 00 00 00 00 00 00", "expected integer, found float.")]
    [InlineData("cb c3 e0 00 00 00 00 00 01", "expected integer, found float.")]
    [InlineData("cb 3f f8 00 00 00 00 00 00", "expected integer, found float.")]
    [InlineData("ca 7f c0 00 00", "expected integer, found float.")]
    [InlineData("cb 7f f0 00 00 00 00 00 00", "expected integer, found float.")]
    [InlineData("a1 37", "expected integer, found string.")]
    [InlineData("c3", "expected integer, found boolean.")]
    [InlineData("c0", "expected integer, found nil.")]
    public void What_is_no_integer_is_refused(string form, string message) =>
        Should.Throw<InvalidDataException>(() => Frames.ReadItem<long>(form)).Message.ShouldBe(message);

    [Theory]
    [InlineData("cf ff ff ff ff ff ff ff ff", 18_446_744_073_709_551_615d)]
    [InlineData("ca 3f 80 00 00", 1)]
    [InlineData("cb 3f f8 00 00 00 00 00 00", 1.5)]
    [InlineData("cb 7f f0 00 00 00 00 00 00", double.PositiveInfinity)]
    public void A_number_may_be_anything_a_double_holds(string form, double value) => Frames.ReadItem<double>(form).ShouldBe(value);

    [Theory]
    [InlineData(0, "00")]
    [InlineData(127, "7f")]
    [InlineData(128, "cc80")]
    [InlineData(255, "ccff")]
    [InlineData(256, "cd0100")]
    [InlineData(65_535, "cdffff")]
    [InlineData(65_536, "ce00010000")]
    [InlineData(uint.MaxValue, "ceffffffff")]
    [InlineData(uint.MaxValue + 1L, "cf0000000100000000")]
    [InlineData(long.MaxValue, "cf7fffffffffffffff")]
    [InlineData(-1, "ff")]
    [InlineData(-32, "e0")]
    [InlineData(-33, "d0df")]
    [InlineData(-128, "d080")]
    [InlineData(-129, "d1ff7f")]
    [InlineData(short.MinValue, "d18000")]
    [InlineData(short.MinValue - 1, "d2ffff7fff")]
    [InlineData(int.MinValue, "d280000000")]
    [InlineData(int.MinValue - 1L, "d3ffffffff7fffffff")]
    [InlineData(long.MinValue, "d38000000000000000")]
    public void An_integer_is_written_in_its_shortest_form(long value, string form) => Frames.WriteItem(value).ShouldBe(form);

    [Fact]
    public void A_number_is_written_as_a_double()
    {
        Frames.WriteItem(1.5).ShouldBe("cb3ff8000000000000");
        Frames.WriteItem(1.0).ShouldBe("cb3ff0000000000000");
    }

    [Fact]
    public void Numbers_come_back_as_they_were_sent()
    {
        Gen.Long.Sample(value => Frames.ReadItem<long>(Frames.WriteItem(value)) == value);
        Gen.Int.Sample(value => Frames.ReadItem<int>(Frames.WriteItem(value)) == value);
        Gen.Double.Sample(value => Frames.ReadItem<double>(Frames.WriteItem(value)).Equals(value));
    }
}
