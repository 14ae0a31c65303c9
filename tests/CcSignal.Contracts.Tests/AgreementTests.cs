using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CcSignal.Contracts.Tests;

/// <summary>Both protocols say the same, for every record, every field set and not set, every enum.</summary>
public class AgreementTests
{
    private static readonly Type[] Exported = typeof(ExecutionRequest).Assembly.GetExportedTypes();

    public static TheoryData<Type> Enums => [.. Exported.Where(type => type.IsEnum)];

    public static TheoryData<Type> Records => [.. Exported.Where(type => type.GetMethod("<Clone>$") is not null)];

    [Theory]
    [MemberData(nameof(Enums))]
    public void An_enum_has_the_same_names_in_both_protocols(Type type)
    {
        foreach (var value in Enum.GetValues(type))
        {
            var name = HubProtocols.MessagePack.Pass(value, typeof(object)).ShouldBeOfType<string>();
            name.ShouldBe(JsonNamingPolicy.CamelCase.ConvertName(value.ToString()!));
            HubProtocols.Json.Pass(value, typeof(JsonNode)).ShouldBeAssignableTo<JsonNode>()!.GetValue<string>().ShouldBe(name);
            HubProtocols.Json.Pass(name, type).ShouldBe(value);
            HubProtocols.MessagePack.Pass(name, type).ShouldBe(value);
        }
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void A_record_has_the_same_fields_in_both_protocols_whatever_is_set(Type type)
    {
        var samples = Parts(Values()).Where(part => part.GetType() == type).ToArray();
        samples.ShouldNotBeEmpty($"There is no sample of {type.Name}.");
        foreach (var sample in samples.SelectMany(WithoutEach))
        {
            var expected = HubProtocols.Json.Pass(sample, typeof(JsonNode)).ShouldBeAssignableTo<JsonNode>()!.ToJsonString();
            Json(HubProtocols.MessagePack.Pass(sample, typeof(object)))!.ToJsonString().ShouldBe(expected);
            JsonSerializer.Serialize(HubProtocols.MessagePack.Pass(sample, type), type, WireJson.Options).ShouldBe(
                JsonSerializer.Serialize(HubProtocols.Json.Pass(sample, type), type, WireJson.Options));
        }
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void Every_field_that_may_be_absent_is_set_in_a_sample(Type type)
    {
        var samples = Parts(Values()).Where(part => part.GetType() == type).ToArray();
        foreach (var property in type.GetProperties())
        {
            samples.ShouldContain(sample => property.GetValue(sample) != null, $"No sample of {type.Name} sets {property.Name}.");
        }
    }

    private static IEnumerable<object?> Values() =>
        [.. Samples.Events.Values, .. Samples.Results.Values, .. Samples.Arguments.Values.SelectMany(arguments => arguments)];

    // Every record in every record.
    private static IEnumerable<object> Parts(IEnumerable<object?> values) => values.SelectMany(value => value switch
    {
        null => [],
        IEnumerable<ExecutionInfo> items => Parts(items),
        _ when value.GetType().Assembly == typeof(ExecutionRequest).Assembly && !value.GetType().IsEnum =>
            Parts(value.GetType().GetProperties().Select(property => property.GetValue(value))).Prepend(value),
        _ => [],
    });

    // The sample, and the sample without each of its fields that may be absent.
    private static IEnumerable<object> WithoutEach(object sample)
    {
        yield return sample;
        foreach (var property in sample.GetType().GetProperties().Where(property => property.GetValue(sample) is not null && MayBeAbsent(property)))
        {
            var copy = sample.GetType().GetMethod("<Clone>$")!.Invoke(sample, null)!;
            property.SetValue(copy, null);
            yield return copy;
        }
    }

    private static bool MayBeAbsent(PropertyInfo property) =>
        new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;

    private static JsonNode? Json(object? value) => value switch
    {
        null => null,
        byte[] bytes => Convert.ToBase64String(bytes),
        object?[] items => new JsonArray([.. items.Select(Json)]),
        IReadOnlyDictionary<string, object?> fields => new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, Json(field.Value)))),
        _ => JsonSerializer.SerializeToNode(value, value.GetType()),
    };
}
