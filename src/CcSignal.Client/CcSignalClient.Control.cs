using CcSignal.Contracts;

namespace CcSignal.Client;

// What a caller does to an execution that runs. The rest of the class starts, follows and finds executions, and has the documentation.
public sealed partial class CcSignalClient
{
    /// <summary>Stops an execution in good order, with its whole process tree; one that waits in the queue never starts. Safe to repeat.</summary>
    /// <param name="id">The execution.</param>
    /// <param name="reason">For those who look at it later.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer.</param>
    /// <returns>The execution as it is now; its end comes with its <see cref="EventKind.Ended"/> event.</returns>
    /// <exception cref="CallRefusedException">There is no such execution.</exception>
    /// <example><code>await client.CancelAsync(id, "superseded by a newer commit");</code></example>
    public Task<ExecutionInfo> CancelAsync(string id, string? reason = null, CancellationToken cancellationToken = default) =>
        _link.InvokeAsync<ExecutionInfo>(HubMethods.Cancel, id, [id, reason], cancellationToken);

    /// <summary>Gives a command input. <see cref="InputSender"/> does it for a whole stream.</summary>
    /// <param name="id">The execution; it was started with <see cref="InputMode.Open"/> or on a terminal.</param>
    /// <param name="offset">The bytes of input accepted before: where <paramref name="data"/> begins. What was accepted already is not written again.</param>
    /// <param name="data">At most 64 KiB; none asks how much was accepted.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer; the bytes may be accepted all the same.</param>
    /// <returns>The bytes accepted so far. Fewer than given: the command does not read as fast; send the rest again.</returns>
    /// <exception cref="CallRefusedException"><c>conflict</c>: the input is closed, nobody reads it, or bytes before the offset are missing.</exception>
    /// <example><code>accepted = await client.WriteAsync(id, accepted, "yes\n"u8.ToArray());</code></example>
    public Task<long> WriteAsync(string id, long offset, ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default) =>
        _link.InvokeAsync<long>(HubMethods.Write, id, [id, offset, data.ToArray()], cancellationToken);

    /// <summary>Ends a command's input after what was accepted; on a terminal this types its end-of-file character. Safe to repeat.</summary>
    /// <param name="id">The execution.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer.</param>
    /// <exception cref="CallRefusedException">There is no such execution, or it has not started yet.</exception>
    /// <example><code>await client.CloseInputAsync(id);</code></example>
    public Task CloseInputAsync(string id, CancellationToken cancellationToken = default) =>
        _link.InvokeAsync<object?>(HubMethods.CloseInput, id, [id], cancellationToken);

    /// <summary>Sends a signal to the whole process group of a running command. The one call that is not repeated: its answer may be lost.</summary>
    /// <param name="id">The execution.</param>
    /// <param name="signal">Its name, as <c>SIGUSR1</c>.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer.</param>
    /// <exception cref="CallRefusedException"><c>invalid_request</c>: there is no such signal. <c>conflict</c>: the command does not run.</exception>
    /// <exception cref="ConnectionLostException">The connection was lost before the answer: it may have been sent or not.</exception>
    /// <example><code>await client.SignalAsync(id, "SIGHUP");</code></example>
    public Task SignalAsync(string id, string signal, CancellationToken cancellationToken = default) =>
        _link.InvokeOnceAsync<object?>(HubMethods.Signal, id, [id, signal], cancellationToken);

    /// <summary>Changes the size of a running command's terminal; the program is told by SIGWINCH.</summary>
    /// <param name="id">The execution.</param>
    /// <param name="columns">1 to 65,535.</param>
    /// <param name="rows">1 to 65,535.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer.</param>
    /// <exception cref="CallRefusedException"><c>conflict</c>: the command does not run, or not on a terminal.</exception>
    /// <example><code>await client.ResizeAsync(id, Console.WindowWidth, Console.WindowHeight);</code></example>
    public Task ResizeAsync(string id, int columns, int rows, CancellationToken cancellationToken = default) =>
        _link.InvokeAsync<object?>(HubMethods.Resize, id, [id, columns, rows], cancellationToken);

    /// <summary>Lets an execution stand still, with its whole process tree and all its clocks. Safe to repeat.</summary>
    /// <param name="id">The execution.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer.</param>
    /// <returns>The execution as it is now.</returns>
    /// <exception cref="CallRefusedException">It does not run (<c>conflict</c>), or the server cannot (<c>unavailable</c>).</exception>
    /// <example><code>await client.PauseAsync(id);</code></example>
    public Task<ExecutionInfo> PauseAsync(string id, CancellationToken cancellationToken = default) =>
        _link.InvokeAsync<ExecutionInfo>(HubMethods.Pause, id, [id], cancellationToken);

    /// <summary>Lets a paused execution go on where it stood. Safe to repeat.</summary>
    /// <param name="id">The execution.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer.</param>
    /// <returns>The execution as it is now.</returns>
    /// <exception cref="CallRefusedException">It does not run (<c>conflict</c>).</exception>
    /// <example><code>await client.ResumeAsync(id);</code></example>
    public Task<ExecutionInfo> ResumeAsync(string id, CancellationToken cancellationToken = default) =>
        _link.InvokeAsync<ExecutionInfo>(HubMethods.Resume, id, [id], cancellationToken);
}
