using CcSignal.Contracts;

namespace CcSignal.Client;

/// <summary>
/// Sends a stream as the input of one execution, over as many connections as it takes: it knows what was accepted and keeps what was not, so that
/// nothing is missing and nothing comes twice. One call at a time.
/// </summary>
/// <param name="id">The execution; it was started with <see cref="InputMode.Open"/> or on a terminal.</param>
/// <param name="source">What to send; it stays the caller's.</param>
/// <param name="accepted">The bytes of input accepted before: where the stream begins.</param>
/// <example>
/// <code>
/// var sender = new InputSender(id, File.OpenRead("prompt.txt"));
/// await sender.SendAsync(client);                 // over interruptions; ConnectionLostException only where the client gives up
/// await sender.SendAsync(another);                // goes on where it was
/// </code>
/// </example>
public sealed class InputSender(string id, Stream source, long accepted = 0)
{
    private readonly byte[] _buffer = new byte[Limits.MaxInputChunkBytes];
    private ReadOnlyMemory<byte> _waiting;
    private bool _atEnd;

    /// <summary>The bytes that were accepted so far.</summary>
    public long Accepted { get; private set; } = accepted;

    /// <summary>Sends the stream to its end, waiting for a command that reads slowly, and then closes the input.</summary>
    /// <param name="client">The connection to use.</param>
    /// <param name="cancellationToken">Gives up. What the stream hands over at that moment may be lost.</param>
    /// <exception cref="CallRefusedException">The command takes no more: <c>conflict</c> when it has ended, or closed its input.</exception>
    /// <exception cref="ConnectionLostException">The connection was lost and did not come back; another call with a new client goes on.</exception>
    public async Task SendAsync(CcSignalClient client, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        while (await FillAsync(cancellationToken).ConfigureAwait(false))
        {
            var accepted = await client.WriteAsync(id, Accepted, _waiting, cancellationToken).ConfigureAwait(false);
            _waiting = _waiting[(int)Math.Clamp(accepted - Accepted, 0, _waiting.Length)..];
            Accepted = accepted;
        }

        await client.CloseInputAsync(id, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_waiting.IsEmpty && !_atEnd)
        {
            var read = await source.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false);
            _waiting = _buffer.AsMemory(0, read);
            _atEnd = read == 0;
        }

        return !_waiting.IsEmpty;
    }
}
