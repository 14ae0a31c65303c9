using CcSignal.MessagePack.Binary;

namespace CcSignal.MessagePack.Formatters;

/// <summary>A list, read as an array; none of its items is nil.</summary>
internal sealed class ListFormatter<T>(Formatter<T> item) : Formatter<IReadOnlyList<T>>
    where T : notnull
{
    public override void Write(ref MessagePackWriter writer, IReadOnlyList<T> value)
    {
        writer.BeginArray(value.Count);
        for (var index = 0; index < value.Count; index++)
        {
            item.Write(ref writer, value[index]);
        }

        writer.End();
    }

    public override IReadOnlyList<T> Read(ref MessagePackReader reader)
    {
        // Each item takes a byte or more, and those are there: the array is never much larger than the message.
        var items = new T[reader.BeginArray()];
        for (var index = 0; index < items.Length; index++)
        {
            items[index] = item.Read(ref reader);
        }

        reader.End();
        return items;
    }
}
