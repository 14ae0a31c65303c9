namespace CcSignal.MessagePack.Binary;

/// <summary>Bytes that are no MessagePack, or no value of the type wanted.</summary>
/// <param name="message">What is wrong, without a full stop; a place and a colon may come before it.</param>
/// <param name="position">Where the value in question begins, in the message.</param>
internal sealed class MalformedException(string message, long position) : Exception(message + ".")
{
    public long Position { get; } = position;
}
