using CcSignal.Cli.Wording;

namespace CcSignal.Cli.Tests.Wording;

public sealed class SizeTextTests
{
    [Theory]
    [InlineData("4096", 4_096)]
    [InlineData("512k", 524_288)]
    [InlineData("10M", 10_485_760)]
    [InlineData("10MiB", 10_485_760)]
    [InlineData("1.5KB", 1_536)]
    [InlineData("2G", 2_147_483_648)]
    [InlineData("100b", 100)]
    public void A_size_is_read_as_people_write_it(string text, long bytes) => SizeText.Bytes(text).ShouldBe(bytes);

    [Theory]
    [InlineData("")]
    [InlineData("M")]
    [InlineData("-1")]
    [InlineData("10X")]
    [InlineData("10iB")]
    [InlineData("999999999999999T")]
    public void What_is_no_size_is_none(string text) => SizeText.Bytes(text).ShouldBeNull();

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1_023, "1023 B")]
    [InlineData(1_536, "1.5 KiB")]
    [InlineData(10_485_760, "10.0 MiB")]
    public void A_size_is_shown_in_its_unit(long bytes, string text) => SizeText.For(bytes).ShouldBe(text);
}
