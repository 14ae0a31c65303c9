using Microsoft.AspNetCore.SignalR.Client;

namespace CcSignal.Client.Connecting;

/// <summary>
/// Keeps the connection of one client up, line after line, until it is disposed or there is no use in trying. It owns the hub connection and the loop
/// that does this.
/// </summary>
internal sealed class Reconnector : IAsyncDisposable
{
    private readonly ServerConnector _connector;
    private readonly Lines _lines;
    private readonly ReconnectPolicy _policy;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private Line _line = new(isFirst: true);
    private Task _keeping = Task.CompletedTask;
    private bool _disposed;

    public Reconnector(ServerConnector connector, Lines lines, ReconnectPolicy policy, TimeProvider time)
    {
        (_connector, _lines, _policy, _time) = (connector, lines, policy, time);
        Connection.Closed += NoteClosedAsync;
    }

    private HubConnection Connection => _connector.Connection;

    /// <summary>Brings the first line up. That is tried once: a wrong address is to be told at once.</summary>
    /// <exception cref="ConnectFailedException">It did not come up.</exception>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        await _connector.ConnectAsync(cancellationToken).ConfigureAwait(false);
        _lines.Up(_line);
        _keeping = KeepAsync();
    }

    /// <summary>Ends it: streams and calls under way are told that the connection is lost.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
        {
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await Connection.DisposeAsync().ConfigureAwait(false);
        await _keeping.ConfigureAwait(false);
        _lines.Close(null);
        _stop.Dispose();
    }

    // SignalR raises this once for every connection that was up, and not for one that did not come up.
    private Task NoteClosedAsync(Exception? cause)
    {
        // In this order, so that whoever sees a broken line waits for the next one.
        Lose(cause);
        _line.Break(cause);
        return Task.CompletedTask;
    }

    private void Lose(Exception? cause)
    {
        if (_policy.IsNever || _stop.IsCancellationRequested)
        {
            _lines.Close(cause);
        }
        else
        {
            _lines.Down(cause);
        }
    }

    private async Task KeepAsync()
    {
        var patience = new Patience(_policy, _time);
        try
        {
            while (true)
            {
                var up = _time.GetTimestamp();
                var cause = await _line.Broken.WaitAsync(_stop.Token).ConfigureAwait(false);
                Lose(cause); // once more: it may have broken before it was said to be up
                if (_policy.IsNever)
                {
                    return;
                }

                // A server that takes connections and drops them at once is not to be asked in a tight circle.
                if (_line.Served || _time.GetElapsedTime(up) > _policy.MaxDelay)
                {
                    patience.Restore();
                }

                await ConnectAgainAsync(patience, cause).ConfigureAwait(false);
                _lines.Up(_line);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            _lines.Close(null);
        }
        catch (Exception error)
        {
            _lines.Close(error); // whatever it is: who waits for the connection must hear of it
        }
    }

    private async Task ConnectAgainAsync(Patience patience, Exception? cause)
    {
        while (await patience.WaitAsync(_stop.Token).ConfigureAwait(false))
        {
            _line = new Line();
            try
            {
                await _connector.ConnectAsync(_stop.Token).ConfigureAwait(false);
                return;
            }
            catch (ConnectFailedException failed) when (MayPass(failed.Reason))
            {
                cause = failed;
            }
        }

        throw cause as ConnectFailedException
            ?? new ConnectFailedException(_connector.Url, ConnectFailure.Unreachable, $"The connection to {_connector.Url} was lost.", cause);
    }

    // Behind a proxy, a server that restarts answers like anything. Only who does not know us today will not tomorrow.
    private static bool MayPass(ConnectFailure reason) => reason is not (ConnectFailure.Unauthorized or ConnectFailure.Forbidden);
}
