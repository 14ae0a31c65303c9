using CcSignal.Client.Streaming;
using CcSignal.Client.Tests.Scripted;
using CcSignal.Contracts;

namespace CcSignal.Client.Tests.Streaming;

/// <summary>What a caller is given when streams break off anywhere and begin again.</summary>
public sealed class GivenEventsTests
{
    private readonly GivenEvents _given = new("x", 1);

    [Fact]
    public void What_joins_on_is_given_and_moves_the_place_to_go_on_from()
    {
        Take(Script.Snapshot(), Script.Output(1, [1, 2]), Script.Output(4, [3], 2), Error(5, 0, 7), Script.Output(9, [4], 3))
            .Count.ShouldBe(5);

        _given.LastSequence.ShouldBe(9);
    }

    [Fact]
    public void What_was_given_before_is_left_out()
    {
        Take(Script.Snapshot(), Script.Output(1, [1, 2]), Script.Output(2, [3], 2));
        _given.BeginAgain();

        Take(Script.Snapshot(), Script.Output(2, [3], 2), Script.Output(3, [4], 3)).ShouldHaveSingleItem().Sequence.ShouldBe(3);
    }

    [Fact]
    public void A_missing_byte_is_an_error_that_tells_how_far_all_was_well()
    {
        Take(Script.Snapshot(), Script.Output(3, [1, 2]));

        var broken = Should.Throw<StreamBrokenException>(() => _given.Take(Script.Output(4, [1], 3)));

        (broken.ExecutionId, broken.LastSequence).ShouldBe(("x", 3));
    }

    [Fact]
    public void Half_of_a_piece_that_comes_again_is_an_error()
    {
        Take(Script.Snapshot(), Script.Output(1, [1, 2]));

        Should.Throw<StreamBrokenException>(() => _given.Take(Script.Output(2, [2, 3], 1)));
    }

    [Fact]
    public void New_bytes_under_an_old_number_are_an_error()
    {
        Take(Script.Snapshot(), Script.Output(5, [1, 2]));

        Should.Throw<StreamBrokenException>(() => _given.Take(Script.Output(5, [3], 2)));
    }

    [Fact]
    public void An_end_before_the_last_byte_is_an_error()
    {
        Take(Script.Snapshot(), Script.Output(1, [1]));
        var ended = Script.Ended();

        Should.Throw<StreamBrokenException>(() => _given.Take(ended with { Info = ended.Info! with { StdoutBytes = 2 } }));
        Take(ended with { Info = ended.Info! with { StdoutBytes = 1 } }).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_reader_from_the_middle_takes_the_first_place_of_each_stream_as_it_comes()
    {
        var given = new GivenEvents("x", 40);
        given.LastSequence.ShouldBe(39);

        given.Take(Script.Output(40, [1], 700)).ShouldNotBeNull();
        given.Take(Error(41, 20, 1)).ShouldNotBeNull();
        Should.Throw<StreamBrokenException>(() => given.Take(Script.Output(42, [1], 702)));
    }

    [Fact]
    public void A_gap_accounts_for_its_bytes()
    {
        Take(Script.Snapshot(), Script.Output(1, [1]), Gap(8, 1, 100), Script.Output(9, [1], 101)).Count.ShouldBe(4);

        Should.Throw<StreamBrokenException>(() => _given.Take(Gap(10, 103, 5)));
    }

    /// <summary>A skip of both streams is told by two gaps under one number. Going on behind that number after the first would hide the second.</summary>
    [Fact]
    public void A_cut_between_the_gaps_of_one_skip_loses_neither()
    {
        Take(Script.Snapshot(), Script.Output(1, [1]), Error(2, 0, 1), Gap(50, 1, 100));
        _given.LastSequence.ShouldBe(2);
        _given.BeginAgain();

        var given = Take(Script.Snapshot(), Gap(60, 1, 120), Gap(60, 1, 30, OutputStream.Stderr), Script.Output(61, [1], 121));

        given.Select(item => (item.Stream, item.Offset, item.Bytes)).ShouldBe(
        [
            (OutputStream.Stdout, 101, 20),
            (OutputStream.Stderr, 1, 30),
            (OutputStream.Stdout, 121, null),
        ]);
        _given.LastSequence.ShouldBe(61);
    }

    [Fact]
    public void A_gap_that_was_told_is_not_told_again()
    {
        Take(Script.Snapshot(), Gap(50, 0, 100));
        _given.BeginAgain();

        Take(Script.Snapshot(), Gap(50, 0, 100), new ExecutionEvent { Kind = EventKind.Heartbeat, Sequence = 50 })
            .ShouldHaveSingleItem().Kind.ShouldBe(EventKind.Heartbeat);
        _given.LastSequence.ShouldBe(50);
    }

    [Fact]
    public void The_caller_gets_one_snapshot_and_later_only_what_has_changed()
    {
        Take(Script.Snapshot()).Count.ShouldBe(1);
        _given.BeginAgain();
        Take(Script.Snapshot()).ShouldBeEmpty();
        _given.BeginAgain();

        Take(Script.Snapshot() with { Info = Script.Info("x", ExecutionState.Paused) }).ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(item => item.Kind.ShouldBe(EventKind.State), item => item.Info!.State.ShouldBe(ExecutionState.Paused));
    }

    [Fact]
    public void A_notice_is_given_as_often_as_it_was_told_and_not_once_more_for_each_connection()
    {
        Take(Script.Snapshot(), Notice("full"), Notice("room"), Notice("full")).Count.ShouldBe(4);
        _given.BeginAgain();

        Take(Script.Snapshot(), Notice("full"), Notice("room"), Notice("full"), Notice("room")).ShouldHaveSingleItem().Message.ShouldBe("room");
    }

    private List<ExecutionEvent> Take(params ExecutionEvent[] items) => [.. items.Select(_given.Take).OfType<ExecutionEvent>()];

    private static ExecutionEvent Error(long sequence, long offset, int length) =>
        Script.Output(sequence, new byte[length], offset, OutputStream.Stderr);

    private static ExecutionEvent Gap(long sequence, long offset, long bytes, OutputStream stream = OutputStream.Stdout) =>
        new() { Kind = EventKind.Gap, Sequence = sequence, Offset = offset, Bytes = bytes, Stream = stream };

    private static ExecutionEvent Notice(string message) =>
        new() { Kind = EventKind.Notice, Code = NoticeCodes.DiskFull, Message = message };
}
