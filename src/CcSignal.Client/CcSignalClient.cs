using System.Runtime.CompilerServices;
using CcSignal.Client.Connecting;
using CcSignal.Client.Streaming;
using CcSignal.Contracts;
using Microsoft.AspNetCore.SignalR.Client;

namespace CcSignal.Client;

/// <summary>
/// A CcSignal server, for any number of calls and streams at once over one connection, which is built again when it is lost: streams go on behind the
/// last byte they gave, calls that are safe to repeat are repeated. Commands belong to the server: cancelling a call, leaving a stream or disposing the
/// client never ends one; <see cref="CancelAsync"/> does.
/// </summary>
/// <example>
/// <code>
/// await using var client = await CcSignalClient.ConnectAsync();
/// var result = await client.RunToEndAsync("git", ["status", "--short"]);
/// Console.Write(result.StandardOutput);
/// </code>
/// </example>
public sealed partial class CcSignalClient : IAsyncDisposable
{
    private readonly ServerLink _link;
    private readonly long _windowBytes;

    /// <summary>
    /// Uses a connection that the caller has built, with Microsoft's full client or otherwise, and started. It stays the caller's: this client neither
    /// starts nor disposes it. With <c>WithAutomaticReconnect</c> streams and calls wait for what that brings back, and go on; once the connection is
    /// closed they end with <see cref="ConnectionLostException"/>, and new ones work when the caller has started it again.
    /// </summary>
    /// <param name="connection">A started connection to <see cref="Defaults.HubPath"/>, in a hub protocol that carries the contract's records.</param>
    /// <param name="options">Only <see cref="CcSignalClientOptions.WindowBytes"/>, <see cref="CcSignalClientOptions.Reconnect"/> and
    /// <see cref="CcSignalClientOptions.LoggerFactory"/> are read; of the policy, whether to wait at all and how often a server that drains is asked.</param>
    public CcSignalClient(HubConnection connection, CcSignalClientOptions? options = null)
        : this(new ServerLink(connection ?? throw new ArgumentNullException(nameof(connection)), options ??= new()), options)
    {
    }

    private CcSignalClient(ServerLink link, CcSignalClientOptions options)
    {
        _link = link;
        _windowBytes = options.WindowBytes;
        _link.Lines.Changed += (_, change) => StateChanged?.Invoke(this, change);
    }

    /// <summary>
    /// The connection was lost, came back, or is given up. Told one after the other, before the streams go on; a handler should be quick, and what it
    /// throws is logged.
    /// </summary>
    /// <example>
    /// <code>
    /// client.StateChanged += (_, change) => Console.Error.WriteLine($"{change.State}: {change.Reason?.Message}");
    /// </code>
    /// </example>
    public event EventHandler<ConnectionStateChangedEventArgs>? StateChanged;

    /// <summary>How the connection stands now.</summary>
    public ConnectionState State => _link.Lines.State;

    /// <summary>
    /// Connects to a server; on its own machine nothing has to be said. This first connection is tried once; a later one as
    /// <see cref="CcSignalClientOptions.Reconnect"/> says.
    /// </summary>
    /// <param name="options">Where and how; null: everything is found as its documentation says.</param>
    /// <param name="cancellationToken">Gives up connecting.</param>
    /// <returns>The connected client.</returns>
    /// <exception cref="ConnectFailedException">There is no connection; its <see cref="ConnectFailedException.Reason"/> says why.</exception>
    /// <example>
    /// <code>
    /// await using var here = await CcSignalClient.ConnectAsync();
    /// await using var there = await CcSignalClient.ConnectAsync(new() { Url = new("https://build.example"), Token = token });
    /// </code>
    /// </example>
    public static async Task<CcSignalClient> ConnectAsync(CcSignalClientOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfNegative(options.WindowBytes);
        return new CcSignalClient(await ServerLink.ConnectAsync(options, cancellationToken).ConfigureAwait(false), options);
    }

    /// <summary>Starts a command and follows it. Nothing happens before the first step of the enumeration; leaving it does not end the command.</summary>
    /// <param name="request">What to run. Without an <see cref="ExecutionRequest.Id"/> the client chooses one, so that enumerating again follows the same execution.</param>
    /// <param name="options">From where and how; null: from the first byte, losing none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The events, <see cref="EventKind.Snapshot"/> first, <see cref="EventKind.Ended"/> last.</returns>
    /// <exception cref="CallRefusedException">The server does not take the request.</exception>
    /// <exception cref="ConnectionLostException">The connection was lost and did not come back; it says from where to follow again.</exception>
    /// <example>
    /// <code>
    /// await foreach (var item in client.RunAsync(new() { Command = "make", Arguments = ["all"] }))
    /// {
    ///     if (item is { Kind: EventKind.Output, Data: { } data })
    ///     {
    ///         await output.WriteAsync(data);
    ///     }
    /// }
    /// </code>
    /// </example>
    public IAsyncEnumerable<ExecutionEvent> RunAsync(
        ExecutionRequest request, FollowOptions? options = null, CancellationToken cancellationToken = default)
    {
        var named = Named(request);
        return new ExecutionStream(_link, named.Id!, Windowed(options)).RunAsync(named, cancellationToken);
    }

    /// <summary>Starts a command and returns when it is durably recorded, before it runs. Safe to repeat with the same id.</summary>
    /// <param name="request">What to run. Without an <see cref="ExecutionRequest.Id"/> the client chooses one.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer; the command may have been started.</param>
    /// <returns>The execution.</returns>
    /// <exception cref="CallRefusedException">The server does not take the request.</exception>
    /// <example>
    /// <code>
    /// var execution = await client.StartAsync(new() { Id = "nightly-2026-11-22", Command = "make" });
    /// </code>
    /// </example>
    public Task<ExecutionInfo> StartAsync(ExecutionRequest request, CancellationToken cancellationToken = default)
    {
        var named = Named(request);
        return _link.InvokeAsync<ExecutionInfo>(HubMethods.Start, named.Id, [named], cancellationToken);
    }

    /// <summary>Follows an execution from any point, live or after its end. Leaving the enumeration releases the server's stream.</summary>
    /// <param name="id">The execution.</param>
    /// <param name="options">From where and how; null: from the first byte, losing none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The events, <see cref="EventKind.Snapshot"/> first, <see cref="EventKind.Ended"/> last.</returns>
    /// <exception cref="CallRefusedException">There is no such execution.</exception>
    /// <exception cref="ConnectionLostException">The connection was lost and did not come back; it says from where to follow again.</exception>
    /// <example>
    /// <code>
    /// await foreach (var item in client.FollowAsync(id, new() { FromSequence = last + 1 })) { … }
    /// </code>
    /// </example>
    public IAsyncEnumerable<ExecutionEvent> FollowAsync(string id, FollowOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return new ExecutionStream(_link, id, Windowed(options)).FollowAsync(cancellationToken);
    }

    /// <summary>Runs a command, waits for its end and returns what it wrote.</summary>
    /// <param name="command">The executable.</param>
    /// <param name="arguments">Its arguments; there is no shell.</param>
    /// <param name="cancellationToken">Ends the waiting, not the command.</param>
    /// <returns>How it ended, with its output.</returns>
    /// <exception cref="CallRefusedException">The server does not take the request.</exception>
    /// <exception cref="OutputTooLargeException">It wrote more than 64 MiB.</exception>
    /// <example>
    /// <code>
    /// var result = await client.RunToEndAsync("git", ["rev-parse", "HEAD"]);
    /// var commit = result.Success ? result.StandardOutput.Trim() : throw new InvalidOperationException(result.StandardError);
    /// </code>
    /// </example>
    public Task<ExecutionResult> RunToEndAsync(
        string command, IReadOnlyList<string>? arguments = null, CancellationToken cancellationToken = default) =>
        RunToEndAsync(new ExecutionRequest { Command = command, Arguments = arguments ?? [] }, null, cancellationToken);

    /// <summary>Runs a command, waits for its end and returns what it wrote.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="options">How much output to keep; null: at most 64 MiB.</param>
    /// <param name="cancellationToken">Ends the waiting, not the command.</param>
    /// <returns>How it ended, with its output.</returns>
    /// <exception cref="CallRefusedException">The server does not take the request.</exception>
    /// <exception cref="OutputTooLargeException">It wrote more than <see cref="CollectOptions.MaxBytes"/>.</exception>
    /// <exception cref="ConnectionLostException">The connection was lost and did not come back; the command goes on.</exception>
    /// <example>
    /// <code>
    /// var result = await client.RunToEndAsync(new() { Command = "make", TimeoutSeconds = 600 }, new() { MaxBytes = 1 &lt;&lt; 20, Truncate = true });
    /// if (result.End.Cause == EndCause.TimedOut) { … }
    /// </code>
    /// </example>
    public async Task<ExecutionResult> RunToEndAsync(
        ExecutionRequest request, CollectOptions? options = null, CancellationToken cancellationToken = default)
    {
        var named = Named(request);
        var collector = new OutputCollector(named.Id!, options ?? new());
        await foreach (var item in RunAsync(named, null, cancellationToken).ConfigureAwait(false))
        {
            if (item.Kind == EventKind.Ended)
            {
                return collector.Result(item.Info!);
            }

            collector.Add(item);
        }

        throw CallErrors.Lost(named.Id, 0, null);
    }

    /// <summary>What is known of an execution now.</summary>
    /// <param name="id">The execution.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer.</param>
    /// <returns>The execution.</returns>
    /// <exception cref="CallRefusedException">There is no such execution.</exception>
    /// <example><code>var over = (await client.GetAsync(id)).State == ExecutionState.Ended;</code></example>
    public Task<ExecutionInfo> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _link.InvokeAsync<ExecutionInfo>(HubMethods.Get, id, [id], cancellationToken);

    /// <summary>A page of executions, newest first.</summary>
    /// <param name="query">Which; null: all.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer.</param>
    /// <returns>The page; its <see cref="ExecutionPage.Next"/> goes into <see cref="ExecutionQuery.After"/> for the next one.</returns>
    /// <example><code>var page = await client.ListAsync(new() { States = [ExecutionState.Running], Limit = 10 });</code></example>
    public Task<ExecutionPage> ListAsync(ExecutionQuery? query = null, CancellationToken cancellationToken = default) =>
        _link.InvokeAsync<ExecutionPage>(HubMethods.List, null, [query ?? new()], cancellationToken);

    /// <summary>All executions that match, newest first, fetched page by page.</summary>
    /// <param name="query">Which; null: all. Its <see cref="ExecutionQuery.Limit"/> is the size of a page.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>The executions.</returns>
    /// <example>
    /// <code>
    /// await foreach (var execution in client.ListAllAsync(new() { Tag = "team=core" })) { … }
    /// </code>
    /// </example>
    public async IAsyncEnumerable<ExecutionInfo> ListAllAsync(
        ExecutionQuery? query = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        query ??= new();
        do
        {
            var page = await ListAsync(query, cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Items)
            {
                yield return item;
            }

            query = query with { After = page.Next };
        }
        while (query.After is not null);
    }

    /// <summary>What the server is, allows this caller, and has in force.</summary>
    /// <param name="cancellationToken">Gives up waiting for the answer.</param>
    /// <returns>The server's description.</returns>
    /// <example><code>var profiles = (await client.DescribeAsync()).Profiles;</code></example>
    public Task<ServerInfo> DescribeAsync(CancellationToken cancellationToken = default) =>
        _link.InvokeAsync<ServerInfo>(HubMethods.Describe, null, [], cancellationToken);

    /// <summary>Closes the connection; commands go on.</summary>
    public ValueTask DisposeAsync() => _link.DisposeAsync();

    // With an id from the start, a call can be repeated safely and an error can say which execution it concerns.
    private static ExecutionRequest Named(ExecutionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Id is null ? request with { Id = Guid.CreateVersion7().ToString("N") } : request;
    }

    private FollowOptions Windowed(FollowOptions? options)
    {
        options ??= new();
        return options.WindowBytes == 0 ? options with { WindowBytes = _windowBytes } : options;
    }
}
