using System.Collections.Frozen;
using CcSignal.Contracts;
using CcSignal.MessagePack.Binary;

namespace CcSignal.MessagePack.Formatters;

/// <summary>Which formatter a type has: every type that a hub method of the contract takes or returns.</summary>
internal static class FormatterTable
{
    private static readonly FrozenDictionary<Type, Formatter> Formatters = new Dictionary<Type, Formatter>
    {
        [typeof(bool)] = BooleanFormatter.Instance,
        [typeof(int)] = Int32Formatter.Instance,
        [typeof(long)] = Int64Formatter.Instance,
        [typeof(double)] = DoubleFormatter.Instance,
        [typeof(string)] = StringFormatter.Instance,
        [typeof(byte[])] = ByteArrayFormatter.Instance,
        [typeof(ReadOnlyMemory<byte>)] = MemoryFormatter.Instance,
        [typeof(string[])] = StringFormatter.List,
        [typeof(IReadOnlyList<string>)] = StringFormatter.List,
        [typeof(IReadOnlyDictionary<string, string>)] = DictionaryFormatter.Instance,
        [typeof(Dictionary<string, string>)] = DictionaryFormatter.Instance,
        [typeof(object)] = ObjectFormatter.Instance,
        [typeof(EndCause)] = EnumFormatter<EndCause>.Instance,
        [typeof(EventKind)] = EnumFormatter<EventKind>.Instance,
        [typeof(ExecutionState)] = EnumFormatter<ExecutionState>.Instance,
        [typeof(FollowMode)] = EnumFormatter<FollowMode>.Instance,
        [typeof(InputMode)] = EnumFormatter<InputMode>.Instance,
        [typeof(OutputStream)] = EnumFormatter<OutputStream>.Instance,
        [typeof(AgentInfo)] = AgentInfoFormatter.Instance,
        [typeof(Evidence)] = EvidenceFormatter.Instance,
        [typeof(ExecutionEnd)] = ExecutionEndFormatter.Instance,
        [typeof(ExecutionEvent)] = ExecutionEventFormatter.Instance,
        [typeof(ExecutionInfo)] = ExecutionInfoFormatter.Instance,
        [typeof(ExecutionPage)] = ExecutionPageFormatter.Instance,
        [typeof(ExecutionQuery)] = ExecutionQueryFormatter.Instance,
        [typeof(ExecutionRequest)] = ExecutionRequestFormatter.Instance,
        [typeof(FollowOptions)] = FollowOptionsFormatter.Instance,
        [typeof(ResourceLimits)] = ResourceLimitsFormatter.Instance,
        [typeof(RetryPolicy)] = RetryPolicyFormatter.Instance,
        [typeof(ServerFeatures)] = ServerFeaturesFormatter.Instance,
        [typeof(ServerInfo)] = ServerInfoFormatter.Instance,
        [typeof(ServerLimits)] = ServerLimitsFormatter.Instance,
        [typeof(TerminalSize)] = TerminalSizeFormatter.Instance,
    }.ToFrozenDictionary();

    /// <summary>Writes <paramref name="value"/> as what it is.</summary>
    public static void Write(ref MessagePackWriter writer, object? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            OfValue(value).WriteObject(ref writer, value);
        }
    }

    /// <summary>Reads a <paramref name="type"/>, or null where nil stands and the type has a null.</summary>
    public static object? Read(ref MessagePackReader reader, Type type)
    {
        var underlying = Nullable.GetUnderlyingType(type);
        var hasNull = underlying is not null || !type.IsValueType;
        return hasNull && reader.TryReadNil() ? null : OfType(underlying ?? type).ReadObject(ref reader);
    }

    private static Formatter OfType(Type type) => Formatters.TryGetValue(type, out var formatter) ? formatter : throw Unknown(type);

    // A caller's lists and maps may have any class.
    private static Formatter OfValue(object value) => value switch
    {
        _ when Formatters.TryGetValue(value.GetType(), out var formatter) => formatter,
        IReadOnlyList<string> => StringFormatter.List,
        IReadOnlyDictionary<string, string> => DictionaryFormatter.Instance,
        ulong or object?[] or IReadOnlyDictionary<string, object?> => ObjectFormatter.Instance,
        _ => throw Unknown(value.GetType()),
    };

    private static NotSupportedException Unknown(Type type) => new($"CcSignal's messagepack protocol knows no {type}.");
}
