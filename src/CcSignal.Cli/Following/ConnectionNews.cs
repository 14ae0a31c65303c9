using CcSignal.Cli.Terminal;
using CcSignal.Cli.Wording;
using CcSignal.Client;

namespace CcSignal.Cli.Following;

/// <summary>Tells whoever waits that the connection was lost, and that it is back; streams and calls go on by themselves.</summary>
/// <param name="time">For how long it was gone.</param>
internal sealed class ConnectionNews(TimeProvider time)
{
    private long _lostAt;

    /// <summary>Tells one change. An end without another attempt is told by what fails then.</summary>
    public void Tell(object? client, ConnectionStateChangedEventArgs change)
    {
        if (change.State == ConnectionState.Reconnecting)
        {
            _lostAt = time.GetTimestamp();
            var because = change.Reason is { } reason ? $" ({reason.Message.TrimEnd('.')})" : "";
            Messages.Say($"connection lost{because}; what runs on the server goes on. Trying again.");
        }
        else if (change.State == ConnectionState.Connected)
        {
            Messages.Say($"connected again after {DurationText.For(time.GetElapsedTime(_lostAt))}.");
        }
    }
}
