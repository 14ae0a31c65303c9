using System.Text.Json;
using CcSignal.MessagePack.Binary;

namespace CcSignal.MessagePack.Formatters;

/// <summary>An enum by its name in camel case, as <see cref="Contracts.WireEnumConverter{TEnum}"/> has it in JSON.</summary>
/// <typeparam name="TEnum">An enum whose values are numbered from 0 without a hole, as those of the contract are.</typeparam>
internal sealed class EnumFormatter<TEnum> : Formatter<TEnum>
    where TEnum : struct, Enum
{
    public static readonly EnumFormatter<TEnum> Instance = new();

    /// <summary>Several of them.</summary>
    public static readonly ListFormatter<TEnum> List = new(Instance);

    private readonly TEnum[] _values = Enum.GetValues<TEnum>();
    private readonly byte[][] _names;
    private readonly int _longest;

    private EnumFormatter()
    {
        _names = Array.ConvertAll(_values, value => Utf8.Strict.GetBytes(JsonNamingPolicy.CamelCase.ConvertName(value.ToString())));
        _longest = _names.Max(name => name.Length);
    }

    public override void Write(ref MessagePackWriter writer, TEnum value)
    {
        var index = Array.IndexOf(_values, value);
        writer.WriteString(_names[index]);
    }

    public override TEnum Read(ref MessagePackReader reader)
    {
        var start = reader.Position;
        var name = reader.ReadUtf8(_longest);
        for (var index = 0; index < _names.Length; index++)
        {
            if (name.SequenceEqual(_names[index]))
            {
                return _values[index];
            }
        }

        throw new MalformedException($"expected one of {Names()}, found another string", start);
    }

    private string Names() => string.Join(", ", _names.Select(name => Utf8.Strict.GetString(name)));
}
