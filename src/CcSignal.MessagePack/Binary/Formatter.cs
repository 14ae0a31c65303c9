namespace CcSignal.MessagePack.Binary;

/// <summary>Writes and reads the values of one type, by whatever name the type is known.</summary>
internal abstract class Formatter
{
    /// <summary>Writes a value, which is not null.</summary>
    public abstract void WriteObject(ref MessagePackWriter writer, object value);

    /// <summary>Reads a value, which is not nil.</summary>
    public abstract object? ReadObject(ref MessagePackReader reader);
}
