namespace CcSignal.Execution.Journal;

/// <summary>One file of a recording, read at offsets: as it was written, or compressed since. Offsets and lengths are those of what was recorded. One caller at a time.</summary>
internal interface IRecordedFile : IDisposable
{
    /// <summary>What is read, for messages.</summary>
    string Path { get; }

    /// <summary>Bytes that are recorded in it now.</summary>
    long Length { get; }

    /// <summary>Reads some bytes from there; 0: there are none.</summary>
    /// <exception cref="InvalidDataException">It is damaged there.</exception>
    int Read(Span<byte> buffer, long position);

    /// <inheritdoc cref="Read"/>
    ValueTask<int> ReadAsync(Memory<byte> buffer, long position, CancellationToken cancellationToken);

    /// <summary>Gives buffers back until it is asked again.</summary>
    void Rest();
}
