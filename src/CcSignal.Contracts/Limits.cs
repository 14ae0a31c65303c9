namespace CcSignal.Contracts;

/// <summary>Limits of the wire. Those a server may change stand in its <see cref="ServerLimits"/>.</summary>
public static class Limits
{
    /// <summary>The largest message a client may send: 256 KiB.</summary>
    public const int MaxMessageBytes = 256 * 1024;

    /// <summary>The largest piece of input: 64 KiB.</summary>
    public const int MaxInputChunkBytes = 64 * 1024;

    /// <summary>The largest piece of output: 64 KiB.</summary>
    public const int MaxOutputChunkBytes = 64 * 1024;

    /// <summary>Streams open at once on one connection.</summary>
    public const int MaxStreamsPerConnection = 64;

    /// <summary>Characters of an execution's id.</summary>
    public const int MaxIdLength = 64;

    /// <summary>Arguments of one command.</summary>
    public const int MaxArguments = 512;

    /// <summary>The kernel's limit of one argument with its final NUL (MAX_ARG_STRLEN, execve(2)); an argument is below it.</summary>
    public const int MaxArgumentBytes = 128 * 1024;

    /// <summary>All arguments together, in bytes of UTF-8.</summary>
    public const int MaxArgumentsBytes = 192 * 1024;

    /// <summary>Tags of one execution.</summary>
    public const int MaxTags = 16;

    /// <summary>Characters of a tag's name.</summary>
    public const int MaxTagNameLength = 64;

    /// <summary>Characters of a tag's value.</summary>
    public const int MaxTagValueLength = 256;

    /// <summary>Characters of an exclusive key.</summary>
    public const int MaxExclusiveKeyLength = 128;

    /// <summary>Executions in one page of <c>List</c>.</summary>
    public const int MaxPage = 500;

    /// <summary>Bytes of the text of an <see cref="Evidence"/>.</summary>
    public const int MaxEvidenceBytes = 4096;

    /// <summary>The longest piece of output that has a sequence number of its own, and so the smallest window of a subscription.</summary>
    public const int MaxPieceBytes = 4096;

    /// <summary>Slices of an outline (<c>GET /executions/{id}/index?points=N</c>).</summary>
    public const int MaxOutlineSlices = 10_000;
}
