using Microsoft.Extensions.Logging;

namespace CcSignal.Client.Connecting;

/// <summary>Which line is up, for those who wait for one, and how it stands, for those who want to know.</summary>
internal sealed partial class Lines(ILogger logger)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<Line?> _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _reason;

    /// <summary>Tells every change, one after the other.</summary>
    public event EventHandler<ConnectionStateChangedEventArgs>? Changed;

    /// <summary>How it stands.</summary>
    public ConnectionState State { get; private set; } = ConnectionState.Reconnecting;

    /// <summary>The line that is up, now or when there is one again.</summary>
    /// <exception cref="ConnectionLostException">There will be none.</exception>
    public async Task<Line> UpAsync(string? executionId, long lastSequence, CancellationToken cancellationToken)
    {
        Task<Line?> up;
        lock (_gate)
        {
            up = _up.Task;
        }

        return await up.WaitAsync(cancellationToken).ConfigureAwait(false) ?? throw CallErrors.Lost(executionId, lastSequence, _reason);
    }

    /// <summary>This line is up.</summary>
    public void Up(Line line) => Set(ConnectionState.Connected, null, line);

    /// <summary>No line is up, and another is to come.</summary>
    public void Down(Exception? reason) => Set(ConnectionState.Reconnecting, reason, null);

    /// <summary>No line will be up any more.</summary>
    public void Close(Exception? reason) => Set(ConnectionState.Closed, reason, null);

    private void Set(ConnectionState state, Exception? reason, Line? line)
    {
        lock (_gate)
        {
            if (State == state)
            {
                return;
            }

            State = state;
            _reason = reason;
            if (_up.Task.IsCompleted)
            {
                _up = new TaskCompletionSource<Line?>(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            if (state != ConnectionState.Reconnecting)
            {
                _up.SetResult(line);
            }
        }

        Tell(new ConnectionStateChangedEventArgs(state, reason));
    }

    private void Tell(ConnectionStateChangedEventArgs change)
    {
        try
        {
            Changed?.Invoke(this, change);
        }
        catch (Exception error)
        {
            // The caller's fault must not cost him the connection.
            Log.HandlerFailed(logger, change.State, error);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6001, LogLevel.Error, "A handler of the change to {State} failed.")]
        public static partial void HandlerFailed(ILogger logger, ConnectionState state, Exception error);
    }
}
