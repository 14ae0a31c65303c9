using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CcSignal.Execution.Processes;

/// <summary>
/// A variable in the environment of every command. Children inherit it wherever they flee to, so that <c>/proc/PID/environ</c> tells whose they
/// are, also to a later server of the same data directory.
/// </summary>
internal static class ProcessCookie
{
    /// <summary>The variable's name. No request may set it.</summary>
    public const string Variable = "CCSIGNAL_EXECUTION";

    private const int SaltBytes = 8;

    /// <summary>The value for one execution: its number, and what tells this data directory from another on the same machine.</summary>
    public static string Of(string dataDirectory, long number) => string.Create(CultureInfo.InvariantCulture, $"{number}.{Salt(dataDirectory)}");

    /// <summary>What tells a data directory from another on the same machine: 16 hexadecimal digits.</summary>
    public static string Salt(string dataDirectory) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dataDirectory)).AsSpan(0, SaltBytes));
}
