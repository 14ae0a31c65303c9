namespace CcSignal.Load.Subjects;

/// <summary>A server that holds what does nothing. Owns the server and everything that is held.</summary>
internal interface IServing : IAsyncDisposable
{
    /// <summary>What its processes take now, the commands they run left out.</summary>
    long MemoryBytes { get; }

    /// <summary>So many more commands that do nothing; returns when all of them run.</summary>
    Task AddExecutionsAsync(int count, CancellationToken cancellationToken);

    /// <summary>So many more connections on which nothing is said; returns when all of them are open.</summary>
    Task AddConnectionsAsync(int count, CancellationToken cancellationToken);
}
