using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using CcSignal.Contracts;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace CcSignal.Client.Connecting;

/// <summary>
/// A WebSocket as the duplex pipe that a hub connection reads and writes. It owns the socket and the two loops that move bytes; both
/// have ended when <see cref="DisposeAsync"/> returns.
/// </summary>
internal sealed class WebSocketConnection : ConnectionContext
{
    // A chunk of output is at most 64 KiB. With room for one always at hand, it arrives in two reads (SocketsHttpHandler's 4 KiB buffer, then
    // the rest) and lies in one piece, so that the hub protocol has nothing to join; a block serves many small messages.
    private const int ReceiveBlock = 2 * ReceiveAtLeast;
    private const int ReceiveAtLeast = Limits.MaxOutputChunkBytes + 1024;
    private const int PauseAt = 1024 * 1024;

    // A server answers a close frame at once; one that does not is gone or stuck, and nobody should wait for it.
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);

    private readonly WebSocket _socket;
    private readonly WebSocketMessageType _messageType;
    private readonly Pipe _incoming = new(new PipeOptions(
        pauseWriterThreshold: PauseAt, resumeWriterThreshold: PauseAt / 2, minimumSegmentSize: ReceiveBlock, useSynchronizationContext: false));

    private readonly Pipe _outgoing = new(new PipeOptions(
        pauseWriterThreshold: PauseAt, resumeWriterThreshold: PauseAt / 2, useSynchronizationContext: false));

    private readonly CancellationTokenSource _abort = new();
    private readonly Task _running;

    public WebSocketConnection(WebSocket socket, TransferFormat format)
    {
        _socket = socket;
        _messageType = format == TransferFormat.Text ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
        Transport = new DuplexPipe(_incoming.Reader, _outgoing.Writer);
        _running = RunAsync();
    }

    /// <inheritdoc/>
    public override string ConnectionId { get; set; } = Guid.CreateVersion7().ToString("N");

    /// <inheritdoc/>
    public override IFeatureCollection Features { get; } = new FeatureCollection();

    /// <inheritdoc/>
    public override IDictionary<object, object?> Items { get; set; } = new ConnectionItems();

    /// <inheritdoc/>
    public override IDuplexPipe Transport { get; set; }

    /// <inheritdoc/>
    public override void Abort(ConnectionAbortedException abortReason) => _abort.Cancel();

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await Transport.Output.CompleteAsync().ConfigureAwait(false);
        await Transport.Input.CompleteAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _abort.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        var receiving = ReceiveAsync();
        var sending = SendAsync();
        var first = await Task.WhenAny(receiving, sending).ConfigureAwait(false);
        if (first == receiving)
        {
            _outgoing.Reader.CancelPendingRead(); // It may be waiting for a message that nobody would get.
        }

        _abort.CancelAfter(CloseTimeout);
        await Task.WhenAll(receiving, sending).ConfigureAwait(false);
        _socket.Dispose();
    }

    private async Task ReceiveAsync()
    {
        Exception? failure = null;
        try
        {
            if (!await ReceiveUntilCloseAsync().ConfigureAwait(false))
            {
                await DiscardUntilCloseAsync().ConfigureAwait(false);
            }

            if (_socket.CloseStatus is { } status and not WebSocketCloseStatus.NormalClosure)
            {
                failure = new IOException($"The server closed the connection: {status} {_socket.CloseStatusDescription}".TrimEnd());
            }
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException)
        {
            failure = new IOException("The connection to the server broke.", error);
        }
        finally
        {
            await _incoming.Writer.CompleteAsync(failure).ConfigureAwait(false);
        }
    }

    /// <summary>True: the server closed; false: the hub connection reads no more.</summary>
    private async Task<bool> ReceiveUntilCloseAsync()
    {
        while (true)
        {
            var received = await _socket.ReceiveAsync(_incoming.Writer.GetMemory(ReceiveAtLeast), _abort.Token).ConfigureAwait(false);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return true;
            }

            _incoming.Writer.Advance(received.Count);
            var flushed = await _incoming.Writer.FlushAsync().ConfigureAwait(false);
            if (flushed.IsCompleted)
            {
                return false;
            }
        }
    }

    // The server's close frame stands behind whatever it had sent before; leaving that unread would reset the connection under it.
    private async Task DiscardUntilCloseAsync()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ReceiveBlock);
        try
        {
            while ((await _socket.ReceiveAsync(buffer.AsMemory(), _abort.Token).ConfigureAwait(false)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task SendAsync()
    {
        try
        {
            while (await SendNextAsync().ConfigureAwait(false))
            {
            }

            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, _abort.Token).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The receiving loop sees the same broken connection and tells the hub connection why.
            await _abort.CancelAsync().ConfigureAwait(false);
        }
        finally
        {
            await _outgoing.Reader.CompleteAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Sends what was flushed as one WebSocket message; false: there is no more, or nobody to send it to.</summary>
    private async Task<bool> SendNextAsync()
    {
        var read = await _outgoing.Reader.ReadAsync().ConfigureAwait(false);
        if (read.IsCanceled)
        {
            return false;
        }

        var rest = read.Buffer;
        while (!rest.IsEmpty)
        {
            var piece = rest.First;
            rest = rest.Slice(piece.Length);
            await _socket.SendAsync(piece, _messageType, endOfMessage: rest.IsEmpty, _abort.Token).ConfigureAwait(false);
        }

        _outgoing.Reader.AdvanceTo(read.Buffer.End);
        return !read.IsCompleted;
    }

    private sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
