namespace CcSignal.MessagePack.Binary;

/// <summary>
/// The way to a place in a value, as in <c>arguments[3]</c>. It is found afterwards, in one more pass over what was read up to there:
/// messages that are right pay nothing for it, and wrong ones not much.
/// </summary>
internal static class ValuePath
{
    /// <param name="reader">Stands at the value's beginning.</param>
    /// <param name="position">Where a value begins, there or inside.</param>
    public static string To(MessagePackReader reader, long position)
    {
        var levels = new List<PathLevel>();
        while (reader.Position < position)
        {
            Enter(levels, reader.Position);
            var head = reader.ReadFlat();
            if (head.Children > 0)
            {
                levels.Add(new PathLevel(head));
            }
        }

        Enter(levels, position);
        var payload = reader.Payload;
        var path = string.Concat(levels.Select(level => level.Name(payload)));
        return path.TrimStart('.');
    }

    // The next value begins, in the innermost level that is not over.
    private static void Enter(List<PathLevel> levels, long position)
    {
        while (levels is [.., { IsOver: true }])
        {
            levels.RemoveAt(levels.Count - 1);
        }

        if (levels is [.., var innermost])
        {
            innermost.Enter(position);
        }
    }
}
