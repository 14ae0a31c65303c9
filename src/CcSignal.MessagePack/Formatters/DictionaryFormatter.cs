using CcSignal.MessagePack.Binary;

namespace CcSignal.MessagePack.Formatters;

/// <summary>Texts by name: tags, an environment. Of a name that comes twice the last counts, as in JSON.</summary>
internal sealed class DictionaryFormatter : Formatter<IReadOnlyDictionary<string, string>>
{
    public static readonly DictionaryFormatter Instance = new();

    public override void Write(ref MessagePackWriter writer, IReadOnlyDictionary<string, string> value)
    {
        writer.BeginMap(value.Count);
        foreach (var (name, text) in value)
        {
            writer.WriteString(name);
            writer.WriteString(text);
        }

        writer.End();
    }

    public override IReadOnlyDictionary<string, string> Read(ref MessagePackReader reader)
    {
        // Not as large as declared, but as it fills. A string's own hash turns random as soon as many collide.
        var texts = new Dictionary<string, string>();
        for (var count = reader.BeginMap(); count > 0; count--)
        {
            var name = reader.ReadString();
            texts[name] = reader.ReadString();
        }

        reader.End();
        return texts;
    }
}
