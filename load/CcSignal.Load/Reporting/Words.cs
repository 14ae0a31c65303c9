using System.Globalization;
using System.Text;
using CcSignal.Load.Reporting.Model;

namespace CcSignal.Load.Reporting;

/// <summary>How reports say things; the same in every format.</summary>
internal static class Words
{
    public static string Of(Verdict verdict) => verdict.ToString().ToUpperInvariant();

    public static string Of(Status status) => status.ToString().ToLowerInvariant();

    public static string Of(GateState state) => state switch
    {
        GateState.Held => "held",
        GateState.Broken => "broken",
        _ => "not evaluated",
    };

    public static string Of(DateTimeOffset moment) => moment.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>A version with no more of its commit than names it.</summary>
    public static string ShortVersion(string version) => version.Split('+', 2) is [var number, { Length: > 8 } commit] ? $"{number}+{commit[..8]}" : version;

    public static string Seconds(double seconds) => Say($"{seconds:0.00} s");

    /// <summary>Three digits that count, without an exponent.</summary>
    public static string Number(double value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 100 => Say($"{value:#,0}"),
        >= 10 => Say($"{value:0.#}"),
        >= 1 => Say($"{value:0.##}"),
        _ => Say($"{value:0.####}"),
    };

    /// <summary>How many times as much.</summary>
    public static string Ratio(double value) => Math.Abs(value) switch
    {
        >= 10 => Say($"{value:#,0}"),
        >= 1 => Say($"{value:0.0}"),
        >= 0.1 or 0 => Say($"{value:0.00}"),
        _ => Say($"{value:0.000}"),
    };

    /// <summary>A percentile, or why there is none.</summary>
    public static string Percentile(double? milliseconds) => milliseconds is { } value ? Number(value) : "n too small";

    public static string Bytes(double bytes) => bytes switch
    {
        >= 1e9 => Say($"{bytes / 1e9:0.00} GB"),
        >= 1e6 => Say($"{bytes / 1e6:0.00} MB"),
        >= 1e3 => Say($"{bytes / 1e3:0.0} kB"),
        _ => Say($"{bytes:0} B"),
    };

    /// <summary>Bytes as text that can be printed anywhere: what is no printable character is <c>\xNN</c>.</summary>
    public static string Printable(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        while (!bytes.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(bytes, out var rune, out var length);
            if (status == System.Buffers.OperationStatus.Done && (!Rune.IsControl(rune) || rune.Value is '\n' or '\t'))
            {
                text.Append(rune.ToString());
            }
            else
            {
                foreach (var value in bytes[..length])
                {
                    text.Append(CultureInfo.InvariantCulture, $"\\x{value:x2}");
                }
            }

            bytes = bytes[length..];
        }

        return text.ToString();
    }

    public static string Say(FormattableString words) => words.ToString(CultureInfo.InvariantCulture);
}
