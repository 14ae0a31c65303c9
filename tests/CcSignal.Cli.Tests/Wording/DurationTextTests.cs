using CcSignal.Cli.Wording;

namespace CcSignal.Cli.Tests.Wording;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("90", 90)]
    [InlineData("0.5", 0.5)]
    [InlineData("90s", 90)]
    [InlineData("1.5s", 1.5)]
    [InlineData("500ms", 0.5)]
    [InlineData("5m", 300)]
    [InlineData("1h30m", 5_400)]
    [InlineData("2d", 172_800)]
    [InlineData("1d1h1m1s1ms", 90_061.001)]
    public void A_time_is_read_as_people_write_it(string text, double seconds) => DurationText.Seconds(text).ShouldBe(seconds);

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("-5")]
    [InlineData("5x")]
    [InlineData("30m1h")]
    [InlineData("1,5s")]
    [InlineData("NaN")]
    [InlineData(" 5s")]
    public void What_is_no_time_is_none(string text) => DurationText.Seconds(text).ShouldBeNull();

    [Theory]
    [InlineData(-3, "0ms")]
    [InlineData(0.25, "250ms")]
    [InlineData(9.99, "9.9s")]
    [InlineData(59.9, "59s")]
    [InlineData(3_599, "59m59s")]
    [InlineData(86_399, "23h59m")]
    [InlineData(90_000, "1d1h")]
    public void A_duration_is_shown_in_its_two_largest_units(double seconds, string text) =>
        DurationText.For(TimeSpan.FromSeconds(seconds)).ShouldBe(text);
}
