using Microsoft.AspNetCore.SignalR.Client;

namespace CcSignal.Client.Connecting;

/// <summary>
/// Follows the lines of a connection that the caller has built: it is his to start, to keep up and to end. What SignalR's own automatic reconnect
/// brings back is used; what is closed is lost, until the caller starts it again.
/// </summary>
internal sealed class BroughtConnection : IAsyncDisposable
{
    private readonly HubConnection _connection;
    private readonly Lines _lines;
    private Line _line = new(isFirst: true);

    public BroughtConnection(HubConnection connection, Lines lines)
    {
        (_connection, _lines) = (connection, lines);
        connection.Reconnecting += NoteLostAsync;
        connection.Reconnected += NoteBackAsync;
        connection.Closed += NoteClosedAsync;
        if (connection.State == HubConnectionState.Connected)
        {
            lines.Up(_line);
        }
        else if (connection.State == HubConnectionState.Disconnected)
        {
            lines.Close(null);
        }
    }

    /// <summary>Takes note of a connection that the caller has started again: SignalR has no event for that.</summary>
    public void Look()
    {
        if (_lines.State == ConnectionState.Closed && _connection.State == HubConnectionState.Connected)
        {
            Begin();
        }
    }

    /// <summary>Lets go of the connection, which lives on.</summary>
    public ValueTask DisposeAsync()
    {
        _connection.Reconnecting -= NoteLostAsync;
        _connection.Reconnected -= NoteBackAsync;
        _connection.Closed -= NoteClosedAsync;
        _line.Break(null);
        _lines.Close(null);
        return ValueTask.CompletedTask;
    }

    private Task NoteLostAsync(Exception? cause)
    {
        _lines.Down(cause);
        _line.Break(cause);
        return Task.CompletedTask;
    }

    private Task NoteBackAsync(string? connectionId)
    {
        Begin();
        return Task.CompletedTask;
    }

    private Task NoteClosedAsync(Exception? cause)
    {
        _lines.Close(cause);
        _line.Break(cause);
        return Task.CompletedTask;
    }

    private void Begin()
    {
        _line = new Line();
        _lines.Up(_line);
    }
}
