using CcSignal.MessagePack.Binary;

namespace CcSignal.MessagePack.Messages;

/// <summary>A message's headers: a map of texts, usually empty.</summary>
internal static class HeadersFormat
{
    public static void Write(ref MessagePackWriter writer, IDictionary<string, string>? headers)
    {
        writer.BeginMap(headers?.Count ?? 0);
        if (headers is { Count: > 0 })
        {
            foreach (var (name, value) in headers)
            {
                writer.WriteString(name);
                writer.WriteString(value);
            }
        }

        writer.End();
    }

    /// <summary>Null for none.</summary>
    public static IDictionary<string, string>? Read(ref MessagePackReader reader)
    {
        Dictionary<string, string>? headers = null;
        for (var count = reader.BeginMap(); count > 0; count--)
        {
            var start = reader.Position;
            var name = MessageFormat.ReadName(ref reader, "a header's name");
            headers ??= [];
            if (!headers.TryAdd(name, MessageFormat.ReadName(ref reader, "a header's value")))
            {
                throw new MalformedException("a header comes twice", start);
            }
        }

        reader.End();
        return headers;
    }
}
