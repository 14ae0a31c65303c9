using CcSignal.Execution;

namespace CcSignal.Server.Access;

/// <summary>The browsers that have logged in, by the hash of what their cookie holds. They end with the server: its page then logs in anew.</summary>
internal sealed class Sessions(TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    /// <summary>Sessions of one caller; one more ends the oldest.</summary>
    public const int MaxPerCaller = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Session> _sessions = [];

    /// <summary>Starts a session and returns the cookie's value.</summary>
    public string Start(Caller caller)
    {
        var id = Secret.Create();
        lock (_gate)
        {
            foreach (var (key, _) in _sessions.Where(entry => IsExpired(entry.Value)).ToList())
            {
                Remove(key);
            }

            var own = _sessions.Where(entry => entry.Value.Caller.Name == caller.Name).OrderByDescending(entry => entry.Value.Expires);
            foreach (var (key, _) in own.Skip(MaxPerCaller - 1).ToList())
            {
                Remove(key);
            }

            _sessions.Add(Secret.Key(id), new Session(caller, time.GetUtcNow() + Lifetime));
        }

        return id;
    }

    /// <summary>The session of a cookie's value; null for an unknown or expired one.</summary>
    public Session? Find(string id)
    {
        lock (_gate)
        {
            return _sessions.TryGetValue(Secret.Key(id), out var session) && !IsExpired(session) ? session : null;
        }
    }

    /// <summary>Ends the session of a cookie's value.</summary>
    public void End(string id)
    {
        lock (_gate)
        {
            Remove(Secret.Key(id));
        }
    }

    private void Remove(string key)
    {
        if (_sessions.Remove(key, out var session))
        {
            session.Dispose();
        }
    }

    private bool IsExpired(Session session) => time.GetUtcNow() >= session.Expires;
}
