using CcSignal.Cli.Endings;
using CcSignal.Cli.Terminal;
using CcSignal.Client;
using CcSignal.Contracts;

namespace CcSignal.Cli.Following;

/// <summary>Follows one execution to its end on behalf of a person or a script, and answers for its exit code.</summary>
internal sealed class Follower(CcSignalClient client, string id, IEventPrinter printer)
{
    private readonly TaskCompletionSource _known = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Cancel the command when whoever reads our output leaves, as a pipe would end a local one.</summary>
    public bool EndsWithReader { get; init; }

    /// <summary>What goes to the command meanwhile; null: nothing.</summary>
    public InputFeed? Feed { get; init; }

    /// <summary>Follows what <paramref name="open"/> opens and returns this program's exit code.</summary>
    public async Task<int> ToEndAsync(Func<CancellationToken, IAsyncEnumerable<ExecutionEvent>> open)
    {
        using var interrupts = new Interrupts();
        using var over = new CancellationTokenSource();
        var stopping = StopWhenAskedAsync(interrupts, over.Token);
        var feeding = FeedAsync(interrupts, over.Token);
        try
        {
            return await ReadAsync(open(interrupts.Leave));
        }
        catch (OperationCanceledException) when (interrupts.Leave.IsCancellationRequested)
        {
            Messages.Say($"left; the command goes on. Come back with: ccsignal attach {id}");
            return ExitCodes.Unknown;
        }
        catch (ConnectionLostException lost)
        {
            Messages.Say($"{lost.Message} Come back with: ccsignal attach {id} --from {lost.LastSequence + 1}");
            return ExitCodes.Unknown;
        }
        catch (IOException error)
        {
            // Our own output takes no more. A reader who left knows it; a full disk must be told.
            var closed = error is OutputClosedException;
            if (!closed)
            {
                Messages.Say(error.Message);
            }

            if (EndsWithReader)
            {
                await CancelAsync(interrupts.Leave);
            }

            return closed ? ExitCodes.OutputClosed : ExitCodes.Failed;
        }
        finally
        {
            await over.CancelAsync();
            await stopping;
            await feeding;
        }
    }

    private async Task CancelAsync(CancellationToken leave)
    {
        try
        {
            await client.CancelAsync(id, "the output of the command-line client takes no more", leave);
        }
        catch (OperationCanceledException) when (leave.IsCancellationRequested)
        {
            Messages.Say($"left; the command goes on. Come back with: ccsignal attach {id}");
        }
    }

    private async Task<int> ReadAsync(IAsyncEnumerable<ExecutionEvent> events)
    {
        ExecutionEnd? end = null;
        await foreach (var item in events)
        {
            _known.TrySetResult();
            printer.Print(item);
            end = item.Kind == EventKind.Ended ? item.Info!.End : null;
        }

        return ExitCodes.For(end!);
    }

    private async Task FeedAsync(Interrupts interrupts, CancellationToken over)
    {
        if (Feed is null)
        {
            return;
        }

        try
        {
            await _known.Task.WaitAsync(over);
        }
        catch (OperationCanceledException)
        {
            return; // It never began.
        }

        await Feed.RunAsync(interrupts, over);
    }

    private async Task StopWhenAskedAsync(Interrupts interrupts, CancellationToken over)
    {
        try
        {
            await interrupts.Stop.WaitAsync(over);
            Messages.Say("stopping the command; once more leaves it to itself.");
            await _known.Task.WaitAsync(over); // What the server does not know yet cannot be cancelled.
            await client.CancelAsync(id, "interrupted at the command line", over);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The end came first.
        }
        catch (CcSignalException error)
        {
            Messages.Say($"cannot stop it: {error.Message}");
        }
    }
}
