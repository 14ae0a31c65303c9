using System.Globalization;
using System.Reflection;
using System.Text;

namespace CcSignal.Contracts.Tests;

/// <summary>Files beside the tests that say what must not change unseen.</summary>
internal static class Golden
{
    private const int BytesInALine = 16;

    private static readonly bool Updates = Environment.GetEnvironmentVariable("CCSIGNAL_UPDATE_GOLDEN") == "1";

    private static readonly string Folder = Path.Combine(
        typeof(Golden).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "RepositoryRoot").Value!,
        "tests",
        "CcSignal.Contracts.Tests",
        "Golden");

    public static IEnumerable<string> Files() => Directory.EnumerateFiles(Folder).Select(path => Path.GetFileName(path));

    public static void Check(string name, string content)
    {
        var path = Path.Combine(Folder, name);
        if (Updates)
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(path, content);
        }

        File.Exists(path).ShouldBeTrue($"There is no {path}; CCSIGNAL_UPDATE_GOLDEN=1 writes it.");
        content.ShouldBe(File.ReadAllText(path));
    }

    /// <summary>Bytes for reading, as <c>xxd</c> shows them and <c>xxd -r</c> takes them back.</summary>
    public static string Dump(ReadOnlySpan<byte> bytes)
    {
        var dump = new StringBuilder();
        for (var start = 0; start < bytes.Length; start += BytesInALine)
        {
            var line = bytes[start..Math.Min(bytes.Length, start + BytesInALine)];
            dump.Append(CultureInfo.InvariantCulture, $"{start:x8}: ");
            for (var index = 0; index < BytesInALine; index++)
            {
                dump.Append(index < line.Length ? $"{line[index]:x2}" : "  ").Append(index % 2 == 1 ? " " : "");
            }

            dump.Append(' ');
            foreach (var value in line)
            {
                dump.Append(value is >= 0x20 and < 0x7F ? (char)value : '.');
            }

            dump.Append('\n');
        }

        return dump.ToString();
    }
}
