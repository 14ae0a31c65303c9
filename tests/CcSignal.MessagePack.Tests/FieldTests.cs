using CcSignal.Contracts;

namespace CcSignal.MessagePack.Tests;

/// <summary>Fields that are absent, unknown, doubled or wrong.</summary>
public class FieldTests
{
    private const string Arguments = "a9 617267756d656e7473";
    private const string Command = "a7 636f6d6d616e64";
    private const string Limit = "a5 6c696d6974";
    private const string Retry = "a5 7265747279";
    private const string Tags = "a4 74616773";
    private const string Unknown = "a1 3f";

    [Fact]
    public void Absent_fields_take_their_defaults()
    {
        var request = Frames.ReadItem<ExecutionRequest>("80");
        request.Command.ShouldBe("");
        request.Arguments.ShouldBeEmpty();
        request.Environment.ShouldBeNull();
        request.Input.ShouldBe(InputMode.Closed);

        Frames.ReadItem<ExecutionQuery>("80").ShouldBe(new ExecutionQuery());
        Frames.ReadItem<ExecutionQuery>("80").Limit.ShouldBe(50);
        Frames.ReadItem<FollowOptions>("80").ShouldBe(new FollowOptions());
        Frames.ReadItem<FollowOptions>("80").FromSequence.ShouldBe(1);
        Frames.ReadItem<ResourceLimits>("80").ShouldBe(new ResourceLimits());
    }

    [Fact]
    public void A_field_that_is_nil_is_as_good_as_absent()
    {
        Frames.ReadItem<ExecutionQuery>($"81 {Limit} c0").Limit.ShouldBe(50);
        Frames.ReadItem<ExecutionRequest>($"82 {Arguments} c0 {Tags} c0").Arguments.ShouldBeEmpty();
        Frames.ReadItem<ExecutionQuery>($"82 {Limit} 07 {Limit} c0").Limit.ShouldBe(7);
    }

    [Theory]
    [InlineData("c0")]
    [InlineData("c3")]
    [InlineData("cf ff ff ff ff ff ff ff ff")]
    [InlineData("ca 00 00 00 00")]
    [InlineData("cb 00 00 00 00 00 00 00 00")]
    [InlineData("d3 00 00 00 00 00 00 00 00")]
    [InlineData("d9 01 ff")]
    [InlineData("c6 00 00 00 02 00 00")]
    [InlineData("d4 01 00")]
    [InlineData("d8 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00")]
    [InlineData("c7 03 ff 01 02 03")]
    [InlineData("c9 00 00 00 01 ff 01")]
    [InlineData("90")]
    [InlineData("93 01 92 80 a1 61 81 01 c0")]
    [InlineData("de 00 02 01 90 90 01")]
    public void An_unknown_field_is_passed_over_whatever_it_holds(string value) =>
        Frames.ReadItem<ExecutionQuery>($"83 {Unknown} {value} {Limit} 07 {Unknown} {value}").Limit.ShouldBe(7);

    [Fact]
    public void Of_a_field_that_comes_twice_the_last_counts() =>
        Frames.ReadItem<ExecutionQuery>($"82 {Limit} 07 {Limit} 08").Limit.ShouldBe(8);

    [Fact]
    public void A_record_without_a_field_it_cannot_be_without_is_refused()
    {
        Should.Throw<InvalidDataException>(() => Frames.ReadItem<TerminalSize>("81 a4 726f7773 07")).Message.ShouldBe("'columns' is missing.");
        Should.Throw<InvalidDataException>(() => Frames.ReadItem<ExecutionRequest>($"82 {Command} a1 61 {Retry} 80"))
            .Message.ShouldBe("retry: 'maxAttempts' is missing.");
    }

    [Fact]
    public void The_error_names_the_place()
    {
        Message<ExecutionRequest>($"82 {Command} a1 61 {Arguments} 94 a1 61 a1 62 a1 63 07").ShouldBe("arguments[3]: expected string, found integer.");
        Message<ExecutionRequest>($"81 {Arguments} 92 a1 61 c0").ShouldBe("arguments[1]: expected string, found nil.");
        Message<ExecutionRequest>($"81 {Arguments} a1 61").ShouldBe("arguments: expected array, found string.");
        Message<ExecutionRequest>($"82 {Tags} 81 a1 61 a1 62 {Command} 07").ShouldBe("command: expected string, found integer.");
        Message<ExecutionRequest>($"81 {Tags} 81 a1 61 07").ShouldBe("tags.a: expected string, found integer.");
        Message<ExecutionRequest>($"81 {Tags} 81 a3 610a62 07").ShouldBe("tags.?: expected string, found integer.");
        Message<ExecutionRequest>($"81 {Tags} 82 a1 61 a1 62 07 a1 62").ShouldBe("tags: expected string, found integer.");
        Message<ExecutionRequest>($"81 {Arguments} 91 a1 ff").ShouldBe("arguments[0]: a string is not valid UTF-8.");
        Message<ExecutionRequest>("07").ShouldBe("expected map, found integer.");
        Message<ExecutionRequest>("81 07 07").ShouldBe("expected string, found integer.");
        Message<ExecutionQuery>("81 a6 737461746573 92 a6 717565756564 a4 676f6e65")
            .ShouldBe("states[1]: expected one of queued, running, paused, ended, found another string.");
    }

    [Fact]
    public void The_error_of_a_value_that_breaks_off_names_the_place_too()
    {
        Message<ExecutionRequest>($"82 {Command} a1 61 {Arguments} 92 a1 61 a5 61")
            .ShouldBe("arguments[1]: string of length 5 declared, 1 bytes are left.");
        Message<ExecutionRequest>($"82 {Command} a1 61 {Arguments} dd ff ff ff ff 01 02 03")
            .ShouldBe("arguments: array of length 4294967295 declared, 3 bytes are left.");
        Message<ExecutionRequest>($"81 {Unknown} 91 c1").ShouldBe("?[0]: 0xC1 begins no value.");
    }

    [Fact]
    public void A_field_name_of_256_bytes_is_passed_over_and_a_longer_one_refused()
    {
        Frames.ReadItem<ExecutionQuery>($"82 da 01 00 {Repeat("78", 256)} 01 {Limit} 07").Limit.ShouldBe(7);
        Message<ExecutionQuery>($"82 da 01 01 {Repeat("78", 257)} 01 {Limit} 07")
            .ShouldBe("a string of 257 bytes stands where at most 256 are allowed.");
    }

    private static string Message<T>(string item) => Should.Throw<InvalidDataException>(() => Frames.ReadItem<T>(item)).Message;

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
