using CcSignal.Contracts;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CcSignal.MessagePack.Tests;

/// <summary>
/// What a hostile peer may send: CVE-2020-5234, CVE-2024-48924 and CVE-2026-45591 (nesting overflows the stack), CVE-2026-48109 (extensions),
/// CVE-2026-26130 (memory for what is not there).
/// </summary>
public class LimitTests
{
    private const int Million = 1_000_000;
    private const string Method = "a6 6d6574686f64";
    private const string UnknownId = "a7 756e6b6e6f776e";

    // Arrays, maps by value and by key, extensions, each in its short and its long form.
    private static readonly byte[][] MillionLevels =
    [
        .. new[] { "91", "dc0001", "dd00000001", "81", "81a0", "81a13f", "de0001", "df00000001a161", "d400", "c70100", "c90000000100" }
            .Select(level => Convert.FromHexString(string.Concat(Enumerable.Repeat(level, Million)))),
    ];

    /// <summary>Every place in a message where a value stands; the value follows, and what may come behind it does not matter.</summary>
    public static TheoryData<string> Places =>
    [
        "",
        "96",
        "96 01",
        "96 01 81",
        "96 01 81 a1 61",
        "96 01 80",
        "96 01 80 a1 31",
        $"96 01 80 a1 31 {Method}",
        $"96 01 80 a1 31 {Method} 91",
        $"96 01 80 a1 31 {Method} 91 81",
        $"96 01 80 a1 31 {Method} 91 81 a1 3f",
        $"96 01 80 a1 31 {Method} 91 81 a5 6c696d6974",
        $"96 01 80 a1 31 {Method} 91 80",
        $"96 01 80 a1 31 {Method} 91 80 91",
        $"96 01 80 a1 31 {UnknownId}",
        $"97 01 80 a1 31 {Method} 91 80 90",
        "96 04 80",
        "96 04 80 a1 31",
        $"96 04 80 a1 31 {Method} 91",
        "94 02",
        "94 02 80",
        "94 02 80 a1 31",
        "94 02 80 a1 31 81 a1 3f",
        $"94 02 80 {UnknownId}",
        "95 03 80",
        "95 03 80 a1 31",
        "95 03 80 a1 31 01",
        "95 03 80 a1 31 02",
        "95 03 80 a1 31 03",
        "95 03 80 a1 31 03 81 a1 3f",
        $"95 03 80 {UnknownId} 03",
        "93 05 80",
        "91 06",
        "93 07",
        "93 07 c0",
        "92 08",
        "92 09",
        "92 0a",
    ];

    [Theory]
    [MemberData(nameof(Places))]
    public void A_million_levels_do_no_harm_in_any_place(string place)
    {
        foreach (var levels in MillionLevels)
        {
            Survives([.. Frames.Hex(place), .. levels]);
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Memory_is_not_taken_for_what_is_only_declared(string place)
    {
        foreach (var head in new[] { "ddffffffff", "dfffffffff", "dbffffffff", "c6ffffffff", "c9ffffffff01", "dd7fffffff", "dcffff", "deffff", "daffff", "c5ffff" })
        {
            Survives([.. Frames.Hex(place), .. Frames.Hex(head), 1, 2, 3]);
        }
    }

    [Theory]
    [InlineData(typeof(object))]
    [InlineData(typeof(RawResult))]
    public void A_result_may_fill_the_32_levels_of_a_message_and_no_more(Type type)
    {
        // The message itself is the first.
        Frames.Parse<CompletionMessage>(Nested("95 03 80 a1 31 03", 31), new TypedBinder(type)).Error.ShouldBeNull();
        Frames.Parse<CompletionMessage>(Nested("95 03 80 a1 31 03", 32), new TypedBinder(type)).Error
            .ShouldNotBeNull().ShouldContain("arrays and maps are nested deeper than 32 levels");
    }

    [Fact]
    public void A_result_that_nobody_waits_for_may_fill_the_32_levels_and_no_more()
    {
        var known = $"95 03 80 {UnknownId} 03";
        Frames.Parse<CompletionMessage>(Nested(known, 31), new TypedBinder()).HasResult.ShouldBeTrue();
        Should.Throw<InvalidDataException>(() => Frames.Parse(Nested(known, 32), new TypedBinder()))
            .Message.ShouldEndWith("arrays and maps are nested deeper than 32 levels.");
    }

    [Fact]
    public void An_unknown_field_may_fill_the_32_levels_and_no_more()
    {
        // Message, arguments and record are the first three.
        var place = $"96 01 80 a1 31 {Method} 91 81 a1 3f";
        var binder = new TypedBinder(typeof(ExecutionQuery));
        Frames.Parse<InvocationMessage>([.. Nested(place, 29), 0x90], binder).Arguments.ShouldBe([new ExecutionQuery()]);
        Frames.Parse<InvocationBindingFailureMessage>([.. Nested(place, 30), 0x90], binder).BindingFailure.SourceException
            .Message.ShouldContain("arrays and maps are nested deeper than 32 levels");
    }

    [Fact]
    public void An_array_as_long_as_its_bytes_is_read()
    {
        byte[] payload = [.. Frames.Hex("94 02 80 a1 31 dd 00 0f 42 40"), .. new byte[Million]];
        Frames.Parse<StreamItemMessage>(payload, new TypedBinder(typeof(object))).Item.ShouldBeOfType<object[]>().Length.ShouldBe(Million);
        Frames.Parse<StreamBindingFailureMessage>(payload[..^1], new TypedBinder(typeof(object))).BindingFailure.SourceException
            .Message.ShouldBe("array of length 1000000 declared, 999999 bytes are left.");
    }

    // Names that all have the same hash in a table without a secret of its own took minutes; here they are as quick as any.
    [Fact]
    public void A_map_of_many_names_is_read_in_time_with_its_length()
    {
        var names = Enumerable.Range(0, 50_000).ToDictionary(number => $"{number}", _ => "");
        Frames.ReadItem<Dictionary<string, string>>(Frames.WriteItem(names)).Count.ShouldBe(names.Count);
    }

    private static byte[] Nested(string place, int levels) => [.. Frames.Hex(place), .. Enumerable.Repeat((byte)0x91, levels - 1), 0x90];

    private static void Survives(byte[] payload)
    {
        foreach (var type in new[] { typeof(ExecutionQuery), typeof(object), typeof(RawResult) })
        {
            FrameJudge.Judge(Frames.Framed(payload), new TypedBinder(type));
        }
    }
}
