using System.Buffers;

namespace CcSignal.MessagePack.Binary;

/// <summary>An array or a map that a <see cref="ValuePath"/> leads through.</summary>
internal sealed class PathLevel(Head head)
{
    private const int MaxKeyBytes = 64;

    private long _entered;
    private long _key;

    /// <summary>Whether all that is in it has begun.</summary>
    public bool IsOver => _entered == head.Children;

    private bool IsAtKey => head.Kind == Kind.Map && _entered % 2 == 1;

    /// <summary>The next key or value in it begins.</summary>
    public void Enter(long position)
    {
        _entered++;
        if (IsAtKey)
        {
            _key = position;
        }
    }

    /// <summary>The step to the value that has begun last; none to a key.</summary>
    public string Name(in ReadOnlySequence<byte> payload)
    {
        if (head.Kind == Kind.Array)
        {
            return $"[{_entered - 1}]";
        }

        return IsAtKey ? "" : "." + Key(payload.Slice(_key));
    }

    // The sender chose it, and it ends up in messages and logs.
    private static string Key(in ReadOnlySequence<byte> payload)
    {
        try
        {
            var reader = new MessagePackReader(payload);
            var key = MessagePackReader.Decode(reader.ReadUtf8(MaxKeyBytes), 0);
            return key.All(char.IsAsciiLetterOrDigit) ? key : "?";
        }
        catch (MalformedException)
        {
            return "?";
        }
    }
}
