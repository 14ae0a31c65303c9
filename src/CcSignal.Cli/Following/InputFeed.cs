using System.Runtime.InteropServices;
using System.Threading.Channels;
using CcSignal.Cli.Terminal;
using CcSignal.Client;
using CcSignal.Contracts;

namespace CcSignal.Cli.Following;

/// <summary>Gives a command what is typed or piped into this program, and the size of its terminal, while it is followed.</summary>
/// <param name="client">The connection.</param>
/// <param name="id">The execution.</param>
/// <param name="onTerminal">Whether this program's terminal is the command's: it has escapes and a size.</param>
internal sealed class InputFeed(CcSignalClient client, string id, bool onTerminal)
{
    private readonly Channel<bool> _resized = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Feeds until the input ends, the command takes no more, or <paramref name="over"/> says that it is over.</summary>
    public async Task RunAsync(Interrupts interrupts, CancellationToken over)
    {
        using var resized = onTerminal && !OperatingSystem.IsWindows()
            ? PosixSignalRegistration.Create(PosixSignal.SIGWINCH, signal => _resized.Writer.TryWrite(true))
            : null;
        var telling = onTerminal ? TellSizesAsync(over) : Task.CompletedTask;
        try
        {
            // How much others have typed before; it also waits for a command that is still in the queue.
            var accepted = await client.WriteAsync(id, 0, default, over);
            await ResizeAsync(over);
            var keyboard = new Keyboard(onTerminal ? new Escapes() : null, escape => Obey(escape, interrupts));
            keyboard.Begin();
            await new InputSender(id, keyboard.Bytes, accepted).SendAsync(client, over);
        }
        catch (CallRefusedException refused) when (refused.Code == ErrorCodes.Conflict)
        {
            // It has ended, or reads no more, as the reader of a pipe may: how it ends is told by the stream.
        }
        catch (Exception error) when (error is CcSignalException or IOException)
        {
            Messages.Say(error.Message);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The end came first.
        }

        await telling; // a size goes on to matter when nothing can be typed any more
    }

    // One after the other, also when they had to wait for a connection: the last one told is the last one there was.
    private async Task TellSizesAsync(CancellationToken over)
    {
        try
        {
            await foreach (var _ in _resized.Reader.ReadAllAsync(over))
            {
                await ResizeAsync(over);
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The end came.
        }
    }

    private static void Obey(Escape escape, Interrupts interrupts)
    {
        if (escape == Escape.Leave)
        {
            interrupts.AskToLeave();
        }
        else
        {
            interrupts.AskToStop();
        }
    }

    private async Task ResizeAsync(CancellationToken over)
    {
        if (!onTerminal || OperatingSystem.IsWindows())
        {
            return;
        }

        try
        {
            var size = RawTerminal.Size;
            await client.ResizeAsync(id, size.Columns, size.Rows, over);
        }
        catch (Exception error) when (error is CcSignalException or OperationCanceledException)
        {
            // It has not started or has ended, or the connection is lost, which the stream tells: a size matters to nobody then.
        }
    }
}
