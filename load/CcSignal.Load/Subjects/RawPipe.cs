using System.Diagnostics;

namespace CcSignal.Load.Subjects;

/// <summary>What .NET gives everybody: a process, and its pipe read in pieces of 64 KiB. The bound of what can be had.</summary>
internal sealed class RawPipe : ISubject
{
    private const int BufferBytes = 64 * 1024;

    public string Name => "raw pipe";

    public Task PrepareAsync(IReadOnlyList<string> command, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<Reading> ReadAsync(IReadOnlyList<string> command, CancellationToken cancellationToken, Action<ReadOnlyMemory<byte>>? seen = null)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.BaseStream;
        var buffer = new byte[BufferBytes];
        TimeSpan? firstByte = null;
        long bytes = 0;
        for (int count; (count = await output.ReadAsync(buffer, cancellationToken)) > 0; bytes += count)
        {
            firstByte ??= Stopwatch.GetElapsedTime(start);
            seen?.Invoke(buffer.AsMemory(0, count));
        }

        await process.WaitForExitAsync(cancellationToken);
        var total = Stopwatch.GetElapsedTime(start);
        return process.ExitCode == 0 ? new Reading(bytes, firstByte, total) : throw new InvalidOperationException($"'{command[0]}' ended with {process.ExitCode}.");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
