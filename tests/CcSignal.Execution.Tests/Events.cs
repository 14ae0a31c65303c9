using System.Security.Cryptography;
using System.Text;
using CcSignal.Contracts;

namespace CcSignal.Execution.Tests;

/// <summary>What tests ask of a list of events.</summary>
internal static class Events
{
    public static ExecutionEnd End(this IEnumerable<ExecutionEvent> events) => events.Last().Info!.End!;

    public static byte[] Bytes(this IEnumerable<ExecutionEvent> events, OutputStream stream = OutputStream.Stdout)
    {
        using var bytes = new MemoryStream();
        foreach (var item in events.Where(item => item.Kind == EventKind.Output && item.Stream == stream))
        {
            item.Offset.ShouldBe(bytes.Length, "a piece does not begin where the one before ended");
            bytes.Write(item.Data!.Value.Span);
        }

        return bytes.ToArray();
    }

    public static string Text(this IEnumerable<ExecutionEvent> events, OutputStream stream = OutputStream.Stdout) =>
        Encoding.UTF8.GetString(events.Bytes(stream));

    public static string Sha256(this IEnumerable<ExecutionEvent> events, OutputStream stream = OutputStream.Stdout) =>
        Convert.ToHexStringLower(SHA256.HashData(events.Bytes(stream)));
}
