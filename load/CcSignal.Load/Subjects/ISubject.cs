namespace CcSignal.Load.Subjects;

/// <summary>One way to run a command and read what it writes. Owns what it needs for that.</summary>
internal interface ISubject : IAsyncDisposable
{
    /// <summary>What the report calls it.</summary>
    string Name { get; }

    /// <summary>Makes ready for runs of this command; outside the time that is measured.</summary>
    Task PrepareAsync(IReadOnlyList<string> command, CancellationToken cancellationToken);

    /// <summary>Runs it once, to its end, and throws if it did not end well. May be called by many at once.</summary>
    Task<Reading> ReadAsync(IReadOnlyList<string> command, CancellationToken cancellationToken, Action<ReadOnlyMemory<byte>>? seen = null);
}
