using System.Reflection;
using System.Text;
using CcSignal.Contracts;
using CsCheck;

namespace CcSignal.MessagePack.Tests;

/// <summary>Values of every type of the contract, every field of it set or not: a new record or field needs no line here.</summary>
internal static class ContractGen
{
    /// <summary>Every record that travels.</summary>
    public static IReadOnlyList<Type> Records { get; } =
        [.. typeof(ExecutionRequest).Assembly.GetExportedTypes().Where(type => type.GetMethod("<Clone>$") is not null)];

    /// <summary>Text of all planes, without lone surrogates, of lengths around those where its form changes.</summary>
    public static Gen<string> Text { get; } = Gen.OneOf(
        Gen.String[Gen.Char.AlphaNumeric, 0, 40],
        Gen.String[Gen.Char['\0', '\u07FF'], 250, 260],
        Gen.Int[0, 0x10FFFF].Where(Rune.IsValid).Select(rune => new Rune(rune).ToString()).Array[0, 12].Select(string.Concat));

    private static Gen<long> Long { get; } = Gen.OneOf(
        Gen.Long,
        Gen.Int[-200, 300].Select(value => (long)value),
        Gen.Int[0, 63].Select(bit => 1L << bit),
        Gen.Int[0, 63].Select(bit => (1L << bit) - 1),
        Gen.Int[0, 63].Select(bit => -(1L << bit) - 1));

    public static Gen<object> Of(Type type) => type switch
    {
        _ when type == typeof(string) => Text.Select(value => (object)value),
        _ when type == typeof(bool) => Gen.Bool.Select(value => (object)value),
        _ when type == typeof(int) => Long.Select(value => (object)(int)value),
        _ when type == typeof(long) => Long.Select(value => (object)value),
        _ when type == typeof(double) => Gen.OneOf(Gen.Double.Where(double.IsFinite), Gen.Int[-100, 100].Select(value => (double)value))
            .Select(value => (object)value),
        _ when type == typeof(ReadOnlyMemory<byte>) => Gen.Byte.Array[0, 300].Select(value => (object)new ReadOnlyMemory<byte>(value)),
        _ when type == typeof(IReadOnlyDictionary<string, string>) => Gen.Dictionary(Text, Text)[0, 18].Select(value => (object)value),
        { IsEnum: true } => Gen.Int[0, Enum.GetValues(type).Length - 1].Select(index => Enum.GetValues(type).GetValue(index)!),
        { IsInterface: true } => ListOf(type.GetGenericArguments()[0]),
        _ => RecordOf(type),
    };

    private static Gen<object> ListOf(Type type) => Of(type).Array[0, 4].Select(items =>
    {
        var list = Array.CreateInstance(type, items.Length);
        Array.Copy(items, list, items.Length);
        return (object)list;
    });

    private static Gen<object> RecordOf(Type type)
    {
        var nullability = new NullabilityInfoContext();
        var constructor = type.GetConstructors().Single();
        var parameters = constructor.GetParameters();
        return parameters.Length > 0
            ? All(parameters.Select(parameter => Of(parameter.ParameterType, nullability.Create(parameter)))).Select(constructor.Invoke)
            : All(type.GetProperties().Select(property => Of(property.PropertyType, nullability.Create(property)))).Select(values =>
            {
                var record = Activator.CreateInstance(type)!;
                foreach (var (property, value) in type.GetProperties().Zip(values))
                {
                    property.SetValue(record, value);
                }

                return record;
            });
    }

    private static Gen<object?> Of(Type type, NullabilityInfo nullability)
    {
        var present = Of(Nullable.GetUnderlyingType(type) ?? type);
        return nullability.WriteState == NullabilityState.Nullable
            ? Gen.Frequency((1, Gen.Const((object?)null)), (2, present.Select(value => (object?)value)))
            : present.Select(value => (object?)value);
    }

    private static Gen<object?[]> All(IEnumerable<Gen<object?>> gens) => gens.Aggregate(
        Gen.Const(Array.Empty<object?>()),
        (all, next) => Gen.Select(all, next, (values, value) => (object?[])[.. values, value]));
}
