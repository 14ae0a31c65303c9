using System.Text.Json;
using CcSignal.Contracts;

namespace CcSignal.Cli.Terminal;

/// <summary>The wire's records as JSON on standard output, one a line.</summary>
internal static class JsonLines
{
    private static readonly byte[] _lineEnd = "\n"u8.ToArray();

    /// <summary>Prints one record.</summary>
    public static void Print<T>(T record) =>
        StandardStream.Output.Write([.. JsonSerializer.SerializeToUtf8Bytes(record, WireJson.Options), .. _lineEnd]);
}
