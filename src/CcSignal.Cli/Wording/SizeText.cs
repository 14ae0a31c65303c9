using System.Globalization;
using System.Text.RegularExpressions;

namespace CcSignal.Cli.Wording;

/// <summary>Sizes as people write them, in powers of 1024: <c>4096</c>, <c>512k</c>, <c>10M</c>, <c>10MiB</c>, <c>2GB</c>.</summary>
internal static partial class SizeText
{
    private const string Units = "KMGT";

    /// <summary>The size in bytes; null: it is none.</summary>
    public static long? Bytes(string text)
    {
        var parts = Form().Match(text);
        if (!parts.Success)
        {
            return null;
        }

        var number = decimal.Parse(parts.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
        var power = parts.Groups["unit"] is { Length: 1 } unit ? Units.IndexOf(char.ToUpperInvariant(unit.ValueSpan[0]), StringComparison.Ordinal) + 1 : 0;
        var bytes = decimal.Truncate(number * (1L << (10 * power)));
        return bytes <= long.MaxValue ? (long)bytes : null;
    }

    /// <summary>The size for people.</summary>
    public static string For(long bytes)
    {
        double number = bytes;
        var power = 0;
        while (number >= 1024 && power < Units.Length)
        {
            number /= 1024;
            power++;
        }

        return power == 0 ? $"{bytes} B" : string.Create(CultureInfo.InvariantCulture, $"{number:0.0} {Units[power - 1]}iB");
    }

    [GeneratedRegex(@"^(?<number>\d{1,15}(?:\.\d{1,6})?)(?:(?<unit>[kmgt])i?)?b?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
