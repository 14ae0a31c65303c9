using System.Globalization;

namespace CcSignal.Cli.Wording;

/// <summary>Moments of the wire (Unix milliseconds) for people, in this machine's time.</summary>
internal static class MomentText
{
    /// <summary>The moment with date, milliseconds and offset.</summary>
    public static string For(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss.fff zzz", CultureInfo.InvariantCulture);
}
