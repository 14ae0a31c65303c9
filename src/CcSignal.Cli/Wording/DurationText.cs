using System.Globalization;
using System.Text.RegularExpressions;

namespace CcSignal.Cli.Wording;

/// <summary>Durations as people write them: <c>90</c> (seconds), <c>1.5s</c>, <c>500ms</c>, <c>5m</c>, <c>1h30m</c>, <c>2d</c>.</summary>
internal static partial class DurationText
{
    /// <summary>The duration in seconds; null: it is none.</summary>
    public static double? Seconds(string text)
    {
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var plain) && double.IsFinite(plain))
        {
            return plain;
        }

        var parts = Form().Match(text);
        return parts.Success && text.Length > 0
            ? (Part("d") * 86_400) + (Part("h") * 3_600) + (Part("m") * 60) + Part("s") + (Part("ms") / 1_000)
            : null;

        double Part(string unit) =>
            parts.Groups[unit] is { Success: true } part ? double.Parse(part.ValueSpan, CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>The duration for people: its two largest units.</summary>
    public static string For(TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, (long)duration.TotalMilliseconds)}ms"),
        { TotalSeconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Truncate(duration.TotalSeconds * 10) / 10:0.0}s"),
        { TotalMinutes: < 1 } => $"{duration.Seconds}s",
        { TotalHours: < 1 } => $"{duration.Minutes}m{duration.Seconds}s",
        { TotalDays: < 1 } => $"{duration.Hours}h{duration.Minutes}m",
        _ => $"{duration.Days}d{duration.Hours}h",
    };

    [GeneratedRegex(@"^(?:(?<d>\d+(?:\.\d+)?)d)?(?:(?<h>\d+(?:\.\d+)?)h)?(?:(?<m>\d+(?:\.\d+)?)m)?(?:(?<s>\d+(?:\.\d+)?)s)?(?:(?<ms>\d+(?:\.\d+)?)ms)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
