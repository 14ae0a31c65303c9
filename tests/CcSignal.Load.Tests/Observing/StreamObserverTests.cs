using System.Security.Cryptography;
using CcSignal.Contracts;
using CcSignal.Load.Observing;

namespace CcSignal.Load.Tests.Observing;

public sealed class StreamObserverTests : IDisposable
{
    private readonly StreamObserver _observer = new("e1");

    public void Dispose() => _observer.Dispose();

    [Fact]
    public void A_whole_stream_has_nothing_wrong()
    {
        Output(1, 0, "ab");
        Output(2, 2, "c");
        Ended(3);

        var seen = _observer.Close();

        (seen.OrderViolations, seen.LostBytes, seen.DoubledBytes, seen.EndSeen).ShouldBe((0, 0, 0, true));
        seen.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData("abc"u8)));
        seen.StdoutHead.ShouldBe("abc"u8.ToArray());
    }

    [Fact]
    public void Bytes_that_were_skipped_are_counted()
    {
        Output(1, 0, "ab");
        Output(2, 5, "c");

        _observer.Close().LostBytes.ShouldBe(3);
    }

    [Fact]
    public void Bytes_that_come_twice_are_counted()
    {
        Output(1, 0, "abc");
        Output(2, 1, "bcd");

        _observer.Close().DoubledBytes.ShouldBe(2);
    }

    [Fact]
    public void Bytes_that_never_came_are_counted_by_the_end()
    {
        Output(1, 0, "ab");
        Ended(10);

        _observer.Close().LostBytes.ShouldBe(8);
    }

    [Fact]
    public void A_sequence_that_falls_is_out_of_order()
    {
        Output(2, 0, "a");
        Output(1, 1, "b");

        _observer.Close().OrderViolations.ShouldBe(1);
    }

    [Fact]
    public void Nothing_comes_after_the_end()
    {
        Ended(0);
        _observer.Add(new ExecutionEvent { Kind = EventKind.Heartbeat });

        _observer.Close().OrderViolations.ShouldBe(1);
    }

    [Fact]
    public void A_gap_is_a_loss()
    {
        _observer.Add(new ExecutionEvent { Kind = EventKind.Gap, Stream = OutputStream.Stdout, Offset = 0, Bytes = 7, Sequence = 1 });

        _observer.Close().LostBytes.ShouldBe(7);
    }

    private void Output(long sequence, long offset, string text) => _observer.Add(new ExecutionEvent
    {
        Kind = EventKind.Output,
        Sequence = sequence,
        Stream = OutputStream.Stdout,
        Offset = offset,
        Data = System.Text.Encoding.UTF8.GetBytes(text),
    });

    private void Ended(long bytes) => _observer.Add(new ExecutionEvent
    {
        Kind = EventKind.Ended,
        Info = new ExecutionInfo
        {
            Id = "e1",
            Profile = "default",
            Command = "x",
            Arguments = [],
            WorkingDirectory = "/",
            Owner = "o",
            Node = "n",
            State = ExecutionState.Ended,
            QueuedAt = 0,
            StdoutBytes = bytes,
            End = new ExecutionEnd { Cause = EndCause.Exited, ExitCode = 0 },
        },
    });
}
