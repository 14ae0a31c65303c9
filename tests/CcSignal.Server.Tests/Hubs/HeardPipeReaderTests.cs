using System.IO.Pipelines;
using CcSignal.Server.Hubs;

namespace CcSignal.Server.Tests.Hubs;

public sealed class HeardPipeReaderTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_time_spent_waiting_for_the_peer_is_its_silence()
    {
        var time = new ManualTime();
        var pipe = new Pipe();
        var reader = new HeardPipeReader(pipe.Reader, time);
        time.Advance(Minute);
        reader.Silence.ShouldBe(TimeSpan.Zero);

        var waiting = reader.ReadAsync(Cancelled).AsTask();
        time.Advance(Minute);
        reader.Silence.ShouldBeGreaterThanOrEqualTo(Minute);

        await pipe.Writer.WriteAsync(new byte[1], Cancelled);
        var heard = await waiting;
        time.Advance(Minute); // the server works on what it heard
        reader.Silence.ShouldBe(TimeSpan.Zero);

        reader.AdvanceTo(heard.Buffer.End);
        waiting = reader.ReadAsync(Cancelled).AsTask();
        reader.Silence.ShouldBeLessThan(Minute);
        reader.CancelPendingRead();
        (await waiting).IsCanceled.ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_there_already_is_no_wait()
    {
        var time = new ManualTime();
        var pipe = new Pipe();
        var reader = new HeardPipeReader(pipe.Reader, time);
        await pipe.Writer.WriteAsync(new byte[1], Cancelled);
        (await reader.ReadAsync(Cancelled)).Buffer.Length.ShouldBe(1);
        time.Advance(Minute);
        reader.Silence.ShouldBe(TimeSpan.Zero);
    }
}
