using System.Globalization;
using System.Text;
using CcSignal.Load.Compare;

namespace CcSignal.Load.Tests.Compare;

public sealed class LineAgesTests
{
    [Fact]
    public void A_line_that_comes_in_pieces_is_one_line()
    {
        var ages = new LineAges();
        var written = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds - 2;
        var line = Encoding.ASCII.GetBytes(written.ToString("F6", CultureInfo.InvariantCulture) + "\n");

        ages.Take(line.AsMemory(0, 7));
        ages.Milliseconds.ShouldBeEmpty();
        ages.Take(line.AsMemory(7));

        ages.Milliseconds.Single().ShouldBeInRange(1999, 60_000);
    }

    [Fact]
    public void Two_lines_in_one_piece_are_two()
    {
        var ages = new LineAges();

        ages.Take("1.5\n2.5\n"u8.ToArray());

        (ages.Milliseconds[0] - ages.Milliseconds[1]).ShouldBe(1000, 0.01);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("12x\n")]
    [InlineData("twelve\n")]
    public void A_line_that_is_no_time_is_refused(string line) => Should.Throw<InvalidDataException>(() => new LineAges().Take(Encoding.ASCII.GetBytes(line)));
}
