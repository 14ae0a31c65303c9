using CcSignal.Execution;

namespace CcSignal.Server.Access;

/// <summary>A browser that has logged in. Disposing it is logging out: connections that were opened with it are closed.</summary>
internal sealed class Session : IDisposable
{
    private readonly CancellationTokenSource _ended = new();

    public Session(Caller caller, DateTimeOffset expires)
    {
        Caller = caller;
        Expires = expires;
        Ended = _ended.Token;
    }

    public Caller Caller { get; }

    public DateTimeOffset Expires { get; }

    /// <summary>Logged out.</summary>
    public CancellationToken Ended { get; }

    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
    }
}
