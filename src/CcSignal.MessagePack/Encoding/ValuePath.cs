using System.Text;

namespace CcSignal.MessagePack.Encoding;

/// <summary>
/// The way to a place in a value, as in <c>arguments[3]</c>. It is found afterwards, by walking to the place once more: messages that
/// are right pay nothing for it.
/// </summary>
internal static class ValuePath
{
    private const int MaxKeyBytes = 64;

    /// <param name="reader">Stands at the value's beginning.</param>
    /// <param name="position">Where a value begins, there or inside.</param>
    public static string To(MessagePackReader reader, long position)
    {
        var path = new StringBuilder();
        while (reader.Position < position && TryStepInto(ref reader, position, path))
        {
        }

        return path.ToString();
    }

    private static bool TryStepInto(ref MessagePackReader reader, long position, StringBuilder path) => reader.PeekKind() switch
    {
        Kind.Array => TryFindItem(ref reader, position, path),
        Kind.Map => TryFindField(ref reader, position, path),
        _ => false,
    };

    private static bool TryFindItem(ref MessagePackReader reader, long position, StringBuilder path)
    {
        var count = reader.BeginArray();
        for (var index = 0; index < count; index++)
        {
            if (Holds(reader, position))
            {
                path.Append('[').Append(index).Append(']');
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    private static bool TryFindField(ref MessagePackReader reader, long position, StringBuilder path)
    {
        for (var count = reader.BeginMap(); count > 0 && !Holds(reader, position); count--)
        {
            var key = Key(reader);
            reader.Skip();
            if (Holds(reader, position))
            {
                path.Append(path.Length == 0 ? "" : ".").Append(key);
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    // What cannot be passed over is where the trouble is.
    private static bool Holds(MessagePackReader reader, long position)
    {
        if (reader.Position == position)
        {
            return true;
        }

        try
        {
            reader.Skip();
            return reader.Position > position;
        }
        catch (MalformedException)
        {
            return true;
        }
    }

    // The sender chose it, and it ends up in messages and logs.
    private static string Key(MessagePackReader reader)
    {
        try
        {
            var key = MessagePackReader.Decode(reader.ReadUtf8(MaxKeyBytes), 0);
            return key.All(char.IsAsciiLetterOrDigit) ? key : "?";
        }
        catch (MalformedException)
        {
            return "?";
        }
    }
}
