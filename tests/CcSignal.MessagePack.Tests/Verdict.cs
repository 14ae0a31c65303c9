namespace CcSignal.MessagePack.Tests;

/// <summary>What became of a frame.</summary>
internal enum Verdict
{
    /// <summary>It is a message.</summary>
    Read,

    /// <summary>It is a message of an unknown type.</summary>
    Ignored,

    /// <summary>It is not all there.</summary>
    Incomplete,

    /// <summary>A value in it is wrong: the call fails, the connection lives on.</summary>
    CallRefused,

    /// <summary>The message itself is wrong: the connection ends.</summary>
    ConnectionRefused,
}
