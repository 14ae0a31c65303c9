using System.Text;
using CcSignal.Client.Streaming;
using CcSignal.Client.Tests.Scripted;
using CcSignal.Contracts;

namespace CcSignal.Client.Tests.Streaming;

public sealed class CollectingTests
{
    [Fact]
    public void Both_streams_are_kept_apart_and_whole()
    {
        var collector = new OutputCollector("x", new CollectOptions());
        collector.Add(Script.Snapshot());
        collector.Add(Script.Output(1, "o"u8.ToArray()));
        collector.Add(Script.Output(2, "e\xFF"u8.ToArray(), stream: OutputStream.Stderr));
        collector.Add(Script.Output(3, "ut"u8.ToArray()));

        var result = collector.Result(Script.Ended().Info!);

        result.Success.ShouldBeTrue();
        result.StandardOutput.ShouldBe("out");
        result.StandardErrorBytes.ToArray().ShouldBe("e\xFF"u8.ToArray());
        result.Truncated.ShouldBeFalse();
    }

    [Fact]
    public void One_byte_beyond_the_bound_is_an_error_that_names_the_execution()
    {
        var collector = new OutputCollector("x", new CollectOptions { MaxBytes = 4 });
        collector.Add(Script.Output(1, new byte[3]));

        var tooLarge = Should.Throw<OutputTooLargeException>(() => collector.Add(Script.Output(2, new byte[2])));

        tooLarge.ExecutionId.ShouldBe("x");
        tooLarge.MaxBytes.ShouldBe(4);
    }

    [Fact]
    public void Truncation_keeps_the_first_bytes_and_says_so()
    {
        var collector = new OutputCollector("x", new CollectOptions { MaxBytes = 4, Truncate = true });
        collector.Add(Script.Output(1, "abc"u8.ToArray()));
        collector.Add(Script.Output(2, "de"u8.ToArray(), stream: OutputStream.Stderr));
        collector.Add(Script.Output(3, "fgh"u8.ToArray()));

        var result = collector.Result(Script.Ended().Info!);

        result.StandardOutput.ShouldBe("abc");
        result.StandardError.ShouldBe("d");
        result.Truncated.ShouldBeTrue();
    }

    [Fact]
    public void A_gap_makes_the_result_truncated()
    {
        var collector = new OutputCollector("x", new CollectOptions());
        collector.Add(new ExecutionEvent { Kind = EventKind.Gap, Bytes = 10, Offset = 0, Sequence = 3, Stream = OutputStream.Stdout });

        collector.Result(Script.Ended().Info!).Truncated.ShouldBeTrue();
    }

    [Fact]
    public void Text_is_utf8() =>
        new ExecutionResult(Script.Ended().Info!, Encoding.UTF8.GetBytes("grün €"), default, truncated: false).StandardOutput.ShouldBe("grün €");
}
