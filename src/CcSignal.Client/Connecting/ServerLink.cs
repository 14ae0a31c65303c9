using CcSignal.Contracts;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CcSignal.Client.Connecting;

/// <summary>
/// Calls and streams over a connection that comes and goes: what is safe to repeat waits for the next line and is repeated, and errors are this
/// library's.
/// </summary>
internal sealed class ServerLink : IAsyncDisposable
{
    // A call fails a moment before SignalR says that the connection is closed. One that fails on a living connection will fail again.
    private static readonly TimeSpan UntilBroken = TimeSpan.FromSeconds(5);

    // A server that has just been started says 'unavailable' while it looks after what the one before it left. It may also mean for good.
    private static readonly TimeSpan UntilRecovered = TimeSpan.FromSeconds(10);

    private readonly HubConnection _connection;
    private readonly ReconnectPolicy _policy;
    private readonly TimeProvider _time;
    private readonly BroughtConnection? _brought;
    private readonly Reconnector? _reconnector;

    /// <summary>Over a connection of the caller's.</summary>
    public ServerLink(HubConnection connection, CcSignalClientOptions options)
        : this(connection, options, LoggerOf(options)) => _brought = new BroughtConnection(connection, Lines);

    private ServerLink(ServerConnector connector, CcSignalClientOptions options)
        : this(connector.Connection, options, LoggerOf(options)) => _reconnector = new Reconnector(connector, Lines, options.Reconnect, options.Time);

    private ServerLink(HubConnection connection, CcSignalClientOptions options, ILogger logger) =>
        (_connection, _policy, _time, Lines) = (connection, options.Reconnect, options.Time, new Lines(logger));

    /// <summary>How it stands.</summary>
    public Lines Lines { get; }

    /// <summary>Connects as <paramref name="options"/> say.</summary>
    /// <exception cref="ConnectFailedException">There is no connection.</exception>
    public static async Task<ServerLink> ConnectAsync(CcSignalClientOptions options, CancellationToken cancellationToken)
    {
        var link = new ServerLink(new ServerConnector(options), options);
        try
        {
            await link._reconnector!.BeginAsync(cancellationToken).ConfigureAwait(false);
            return link;
        }
        catch
        {
            await link.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The line that is up, now or when there is one again; all patience is there for one that was not <paramref name="tried"/>.</summary>
    /// <exception cref="ConnectionLostException">There will be none.</exception>
    public async Task<Line> UpAsync(Line? tried, Patience patience, string? executionId, long lastSequence, CancellationToken cancellationToken)
    {
        _brought?.Look();
        var line = await Lines.UpAsync(executionId, lastSequence, cancellationToken).ConfigureAwait(false);
        if (line != tried)
        {
            patience.Restore();
        }

        return line;
    }

    /// <summary>For attempts at one thing.</summary>
    public Patience NewPatience() => new(_policy, _time);

    /// <summary>Calls <paramref name="method"/> and waits for its answer, over as many lines as it takes.</summary>
    public Task<T> InvokeAsync<T>(string method, string? executionId, object?[] arguments, CancellationToken cancellationToken) =>
        InvokeAsync<T>(method, executionId, arguments, repeats: true, cancellationToken);

    /// <summary>As <see cref="InvokeAsync{T}(string, string?, object?[], CancellationToken)"/>, for what must not be done twice: a lost answer is an error.</summary>
    public Task<T> InvokeOnceAsync<T>(string method, string? executionId, object?[] arguments, CancellationToken cancellationToken) =>
        InvokeAsync<T>(method, executionId, arguments, repeats: false, cancellationToken);

    /// <summary>Tells the server something that has no answer.</summary>
    public Task SendAsync(string method, object?[] arguments, CancellationToken cancellationToken) =>
        _connection.SendCoreAsync(method, arguments, cancellationToken);

    /// <summary>The items of a stream as they come; errors are still SignalR's.</summary>
    public IAsyncEnumerable<T> Stream<T>(string method, object?[] arguments, CancellationToken cancellationToken) =>
        _connection.StreamAsyncCore<T>(method, arguments, cancellationToken);

    /// <summary>Whether what failed with <paramref name="error"/> on <paramref name="line"/> may work on another, or later; returns when it is time to try.</summary>
    public async Task<bool> MayPassAsync(Exception error, Line line, Patience patience, CancellationToken cancellationToken)
    {
        if (_policy.IsNever)
        {
            return false;
        }

        switch (error)
        {
            case ConnectionLostException lost:
                var broken = await IsBrokenAsync(line, cancellationToken).ConfigureAwait(false);
                return broken || (lost.InnerException is null && await patience.WaitAsync(cancellationToken).ConfigureAwait(false));
            case CallRefusedException { Code: ErrorCodes.Draining }:
            case CallRefusedException { Code: ErrorCodes.Unavailable } when !line.IsFirst && patience.Spent < UntilRecovered:
                return await patience.WaitAsync(cancellationToken).ConfigureAwait(false);
            default:
                return false;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _reconnector?.DisposeAsync() ?? _brought!.DisposeAsync();

    private static ILogger LoggerOf(CcSignalClientOptions options) =>
        (options.LoggerFactory ?? NullLoggerFactory.Instance).CreateLogger<CcSignalClient>();

    private async Task<T> InvokeAsync<T>(string method, string? executionId, object?[] arguments, bool repeats, CancellationToken cancellationToken)
    {
        var (line, patience) = ((Line?)null, NewPatience());
        while (true)
        {
            line = await UpAsync(line, patience, executionId, 0, cancellationToken).ConfigureAwait(false);
            try
            {
                var answer = await _connection.InvokeCoreAsync(method, typeof(T), arguments, cancellationToken).ConfigureAwait(false);
                line.Serve();
                return (T)answer!;
            }
            catch (Exception error) when (CallErrors.Explain(method, executionId, 0, error, cancellationToken) is { } explained)
            {
                if (!(repeats || WasNotSent(error)) || !await MayPassAsync(explained, line, patience, cancellationToken).ConfigureAwait(false))
                {
                    throw explained;
                }
            }
        }
    }

    // What SignalR throws where there is no connection to send on.
    private static bool WasNotSent(Exception error) => error is InvalidOperationException and not ObjectDisposedException;

    private async Task<bool> IsBrokenAsync(Line line, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(line.Broken, Task.Delay(UntilBroken, _time, enough.Token)).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return line.Broken.IsCompleted;
    }
}
