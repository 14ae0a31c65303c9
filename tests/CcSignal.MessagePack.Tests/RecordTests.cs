using System.Text.Json;
using CcSignal.Contracts;
using CsCheck;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CcSignal.MessagePack.Tests;

public class RecordTests
{
    public static TheoryData<Type> Records => [.. ContractGen.Records];

    [Theory]
    [MemberData(nameof(Records))]
    public void A_record_comes_back_as_it_was_sent(Type type) => ContractGen.Of(type).Sample(
        record =>
        {
            var payload = Frames.Payload(new StreamItemMessage("1", record));
            var item = Frames.Parse<StreamItemMessage>(payload, new TypedBinder(type)).Item;
            Json(item, type).ShouldBe(Json(record, type));
        },
        iter: 300);

    [Theory]
    [MemberData(nameof(Records))]
    public void A_record_is_the_same_to_a_peer_that_does_not_know_its_type(Type type) => ContractGen.Of(type).Sample(
        record =>
        {
            var payload = Frames.Payload(new StreamItemMessage("1", record));
            var tree = Frames.Parse<StreamItemMessage>(payload, new TypedBinder(typeof(object))).Item;
            var again = Frames.Payload(new StreamItemMessage("1", tree));
            var item = Frames.Parse<StreamItemMessage>(again, new TypedBinder(type)).Item;
            Json(item, type).ShouldBe(Json(record, type));
        },
        iter: 100);

    [Fact]
    public void Every_record_of_the_contract_is_tried() => ContractGen.Records.Count.ShouldBe(15);

    private static string Json(object? value, Type type) => JsonSerializer.Serialize(value, type, WireJson.Options);
}
