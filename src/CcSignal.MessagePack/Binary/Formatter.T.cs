namespace CcSignal.MessagePack.Binary;

/// <summary>Writes and reads the values of <typeparamref name="T"/>; null and nil are the affair of whoever calls it.</summary>
internal abstract class Formatter<T> : Formatter
    where T : notnull
{
    public abstract void Write(ref MessagePackWriter writer, T value);

    public abstract T Read(ref MessagePackReader reader);

    public sealed override void WriteObject(ref MessagePackWriter writer, object value) => Write(ref writer, (T)value);

    public sealed override object ReadObject(ref MessagePackReader reader) => Read(ref reader);
}
