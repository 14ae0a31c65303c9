using CcSignal.Contracts;
using CsCheck;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CcSignal.MessagePack.Tests;

/// <summary>The types that are no records.</summary>
public class TypeTests
{
    [Fact]
    public void Every_type_of_the_contract_has_its_form()
    {
        Frames.WriteItem(null).ShouldBe("c0");
        Frames.WriteItem(true).ShouldBe("c3");
        Frames.WriteItem("é").ShouldBe("a2c3a9");
        Frames.WriteItem(new byte[] { 1, 2 }).ShouldBe("c4020102");
        Frames.WriteItem(new ReadOnlyMemory<byte>([1, 2])).ShouldBe("c4020102");
        Frames.WriteItem(new[] { "a", "b" }).ShouldBe("92a161a162");
        Frames.WriteItem(new List<string> { "a" }).ShouldBe("91a161");
        Frames.WriteItem(new Dictionary<string, string> { ["a"] = "b" }).ShouldBe("81a161a162");
        Frames.WriteItem(new SortedDictionary<string, string> { ["a"] = "b" }).ShouldBe("81a161a162");
        Frames.WriteItem(OutputStream.Stderr).ShouldBe("a6737464657272");
        Frames.WriteItem(new object?[] { 1L, null, ulong.MaxValue }).ShouldBe("9301c0cfffffffffffffffff");
    }

    [Fact]
    public void Every_type_of_the_contract_is_read()
    {
        Frames.ReadItem<bool>("c2").ShouldBeFalse();
        Frames.ReadItem<bool?>("c3").ShouldBe(true);
        Frames.ReadItem<string>("a2 c3 a9").ShouldBe("é");
        Frames.ReadItem<byte[]>("c4 02 01 02").ShouldBe([1, 2]);
        Frames.ReadItem<ReadOnlyMemory<byte>>("c4 02 01 02").ToArray().ShouldBe([1, 2]);
        Frames.ReadItem<ReadOnlyMemory<byte>?>("c4 00")!.Value.IsEmpty.ShouldBeTrue();
        Frames.ReadItem<string[]>("92 a1 61 a1 62").ShouldBe(["a", "b"]);
        Frames.ReadItem<IReadOnlyList<string>>("90").ShouldBeEmpty();
        Frames.ReadItem<IReadOnlyDictionary<string, string>>("81 a1 61 a1 62")["a"].ShouldBe("b");
        Frames.ReadItem<Dictionary<string, string>>("80").ShouldBeEmpty();
        Frames.ReadItem<OutputStream>("a6 73 74 64 65 72 72").ShouldBe(OutputStream.Stderr);
    }

    [Fact]
    public void Nil_is_null_where_the_type_has_one()
    {
        Frames.ReadItem<string>("c0").ShouldBeNull();
        Frames.ReadItem<int?>("c0").ShouldBeNull();
        Frames.ReadItem<bool?>("c0").ShouldBeNull();
        Frames.ReadItem<byte[]>("c0").ShouldBeNull();
        Frames.ReadItem<ReadOnlyMemory<byte>?>("c0").ShouldBeNull();
        Frames.ReadItem<ExecutionRequest>("c0").ShouldBeNull();
        Frames.ReadItem<object>("c0").ShouldBeNull();
        Should.Throw<InvalidDataException>(() => Frames.ReadItem<ReadOnlyMemory<byte>>("c0")).Message.ShouldBe("expected binary, found nil.");
    }

    [Fact]
    public void A_value_whose_type_nobody_named_is_what_it_looks_like()
    {
        Frames.ReadItem<object>("07").ShouldBe(7L);
        Frames.ReadItem<object>("cf 00 00 00 00 00 00 00 07").ShouldBe(7L);
        Frames.ReadItem<object>("cf ff ff ff ff ff ff ff ff").ShouldBe(ulong.MaxValue);
        Frames.ReadItem<object>("ca 3f c0 00 00").ShouldBe(1.5);
        Frames.ReadItem<object>("c3").ShouldBe(true);
        Frames.ReadItem<object>("a1 61").ShouldBe("a");
        Frames.ReadItem<object>("c4 01 ff").ShouldBe(new byte[] { 0xFF });
        Frames.ReadItem<object>("92 01 90").ShouldBe(new object[] { 1L, Array.Empty<object>() });
        Frames.ReadItem<object>("81 a1 61 81 a1 62 c0").ShouldBeOfType<Dictionary<string, object?>>()["a"]
            .ShouldBeOfType<Dictionary<string, object?>>()["b"].ShouldBeNull();
    }

    [Theory]
    [InlineData("d4 01 00")]
    [InlineData("c7 00 ff")]
    [InlineData("d6 ff 00 00 00 00")]
    public void An_extension_is_refused_as_a_value(string form)
    {
        Should.Throw<InvalidDataException>(() => Frames.ReadItem<object>(form)).Message.ShouldEndWith("found extension.");
        Should.Throw<InvalidDataException>(() => Frames.ReadItem<byte[]>(form)).Message.ShouldEndWith("found extension.");
        Should.Throw<InvalidDataException>(() => Frames.ReadItem<ExecutionRequest>(form)).Message.ShouldEndWith("found extension.");
    }

    [Fact]
    public void Bytes_come_from_binary_only_and_text_from_strings_only()
    {
        Should.Throw<InvalidDataException>(() => Frames.ReadItem<byte[]>("a1 61")).Message.ShouldBe("expected binary, found string.");
        Should.Throw<InvalidDataException>(() => Frames.ReadItem<string>("c4 01 61")).Message.ShouldBe("expected string, found binary.");
    }

    [Theory]
    [InlineData("a1 ff")]
    [InlineData("a2 c3 28")]
    [InlineData("a3 ed a0 80")]
    [InlineData("a2 c0 80")]
    public void Text_that_is_not_UTF8_is_refused(string form) =>
        Should.Throw<InvalidDataException>(() => Frames.ReadItem<string>(form)).Message.ShouldBe("a string is not valid UTF-8.");

    [Fact]
    public void Text_with_half_a_character_is_not_sent() =>
        Should.Throw<System.Text.EncoderFallbackException>(() => Frames.WriteItem("\ud800"));

    [Theory]
    [InlineData(31, "bf")]
    [InlineData(32, "d920")]
    [InlineData(255, "d9ff")]
    [InlineData(256, "da0100")]
    [InlineData(65_535, "daffff")]
    [InlineData(65_536, "db00010000")]
    public void Text_of_every_length_has_its_head(int length, string head)
    {
        var text = new string('x', length);
        var form = Frames.WriteItem(text);
        form.ShouldStartWith(head + "78");
        Frames.ReadItem<string>(form).ShouldBe(text);
    }

    [Theory]
    [InlineData(255, "c4ff")]
    [InlineData(256, "c50100")]
    [InlineData(65_535, "c5ffff")]
    [InlineData(65_536, "c600010000")]
    public void Bytes_of_every_length_have_their_head(int length, string head)
    {
        var bytes = new byte[length];
        var form = Frames.WriteItem(bytes);
        form.ShouldStartWith(head + "00");
        Frames.ReadItem<byte[]>(form).ShouldBe(bytes);
    }

    [Theory]
    [InlineData(15, "9f")]
    [InlineData(16, "dc0010")]
    [InlineData(65_535, "dcffff")]
    [InlineData(65_536, "dd00010000")]
    public void Lists_of_every_length_have_their_head(int length, string head)
    {
        var list = Enumerable.Repeat("x", length).ToArray();
        var form = Frames.WriteItem(list);
        form.ShouldStartWith(head + "a178");
        Frames.ReadItem<string[]>(form).ShouldBe(list);
    }

    [Theory]
    [InlineData(15, "8f")]
    [InlineData(16, "de0010")]
    [InlineData(65_536, "df00010000")]
    public void Maps_of_every_length_have_their_head(int length, string head)
    {
        var map = Enumerable.Range(0, length).ToDictionary(number => $"{number}", _ => "x");
        var form = Frames.WriteItem(map);
        form.ShouldStartWith(head);
        Frames.ReadItem<Dictionary<string, string>>(form).ShouldBe(map);
    }

    [Fact]
    public void Of_a_name_that_comes_twice_the_last_counts() =>
        Frames.ReadItem<Dictionary<string, string>>("82 a1 61 a1 62 a1 61 a1 63")["a"].ShouldBe("c");

    [Fact]
    public void Text_comes_back_as_it_was_sent() =>
        ContractGen.Text.Sample(text => Frames.ReadItem<string>(Frames.WriteItem(text)) == text);

    [Fact]
    public void A_type_outside_the_contract_says_so()
    {
        Should.Throw<NotSupportedException>(() => Frames.WriteItem(1m)).Message.ShouldContain("System.Decimal");
        Should.Throw<NotSupportedException>(() => Frames.ReadItem<decimal>("01")).Message.ShouldContain("System.Decimal");
    }

    [Fact]
    public void An_object_that_holds_itself_is_not_sent()
    {
        var circle = new object?[1];
        circle[0] = circle;
        Should.Throw<InvalidOperationException>(() => Frames.Protocol.GetMessageBytes(new StreamItemMessage("1", circle)))
            .Message.ShouldBe("A value is nested deeper than 32 levels.");
    }
}
