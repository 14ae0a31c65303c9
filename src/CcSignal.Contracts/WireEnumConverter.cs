using System.Text.Json;
using System.Text.Json.Serialization;

namespace CcSignal.Contracts;

/// <summary>Enums travel by name, in camel case; a number is refused.</summary>
/// <typeparam name="TEnum">The enum.</typeparam>
public sealed class WireEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;
