using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace CcSignal.Contracts;

/// <summary>How the records look in JSON: camel case, absent instead of null, no comments, at most <see cref="MaxDepth"/> deep.</summary>
public static class WireJson
{
    /// <summary>Levels of arrays and objects in one message.</summary>
    public const int MaxDepth = 32;

    /// <summary>Options ready to use; read only.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Sets <paramref name="options"/> up for the wire, e.g. those of SignalR's JSON hub protocol.</summary>
    /// <param name="options">Options that were not used yet.</param>
    public static void Configure(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.MaxDepth = MaxDepth;
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver().WithAddedModifier(AdmitIncompleteRequests);
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions();
        Configure(options);
        options.MakeReadOnly();
        return options;
    }

    // A request without a command must reach admission, which answers with the contract's own error and names the field.
    private static void AdmitIncompleteRequests(JsonTypeInfo type)
    {
        if (type.Type == typeof(ExecutionRequest))
        {
            foreach (var property in type.Properties)
            {
                property.IsRequired = false;
            }
        }
    }
}
