using CcSignal.Execution.Journal;
using CcSignal.Server.Endpoints;
using CcSignal.TestKit;

namespace CcSignal.Server.Tests.Endpoints;

public sealed class RecordedBytesTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_recorded_later_is_not_given_out()
    {
        using var directory = new TempDirectory();
        byte[] recorded = [.. Enumerable.Range(0, 200).Select(number => (byte)number)];
        await File.WriteAllBytesAsync(directory["stdout"], recorded[..100], Cancelled);
        await using var bytes = new RecordedBytes(JournalFile.Open(directory["stdout"]), 100, Stream.Null);
        await File.WriteAllBytesAsync(directory["stdout"], recorded, Cancelled);

        bytes.Length.ShouldBe(100);
        (await ReadAsync(bytes)).ShouldBe(recorded[..100]);
        bytes.Seek(-10, SeekOrigin.End).ShouldBe(90);
        (await ReadAsync(bytes)).ShouldBe(recorded[90..100]);
        bytes.Seek(150, SeekOrigin.Begin);
        (await ReadAsync(bytes)).ShouldBeEmpty();
    }

    private static async Task<byte[]> ReadAsync(RecordedBytes bytes)
    {
        using var copy = new MemoryStream();
        await bytes.CopyToAsync(copy, Cancelled);
        return copy.ToArray();
    }
}
