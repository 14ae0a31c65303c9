using CcSignal.Contracts;
using CcSignal.Execution;

namespace CcSignal.Server.Access;

/// <summary>
/// Short-lived stand-ins for a token, for browsers, which cannot set headers on a WebSocket: what stands in a URL is written down in
/// many places, so it opens one connection, once, soon.
/// </summary>
internal sealed class Tickets(TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    /// <summary>Unused ones a caller may hold.</summary>
    public const int MaxPerCaller = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (Caller Caller, long Issued)> _tickets = [];

    /// <summary>A new ticket.</summary>
    /// <exception cref="RefusedException">The caller holds too many.</exception>
    public string Issue(Caller caller)
    {
        var ticket = Secret.Create();
        lock (_gate)
        {
            foreach (var expired in _tickets.Where(entry => IsExpired(entry.Value.Issued)).Select(entry => entry.Key).ToList())
            {
                _tickets.Remove(expired);
            }

            if (_tickets.Values.Count(entry => entry.Caller.Name == caller.Name) >= MaxPerCaller)
            {
                throw new RefusedException(ErrorCodes.Unavailable, $"{MaxPerCaller} tickets wait to be used. Use them, or wait half a minute.");
            }

            _tickets.Add(Secret.Key(ticket), (caller, time.GetTimestamp()));
        }

        return ticket;
    }

    /// <summary>Uses the ticket up: who holds it, or null for an unknown, used or expired one.</summary>
    public Caller? Redeem(string ticket)
    {
        lock (_gate)
        {
            return _tickets.Remove(Secret.Key(ticket), out var entry) && !IsExpired(entry.Issued) ? entry.Caller : null;
        }
    }

    private bool IsExpired(long issued) => time.GetElapsedTime(issued) >= Lifetime;
}
