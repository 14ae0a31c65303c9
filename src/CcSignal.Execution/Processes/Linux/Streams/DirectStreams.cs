using CcSignal.Contracts;
using CcSignal.Execution.Journal;
using CcSignal.Execution.Processes.Linux.Native;

namespace CcSignal.Execution.Processes.Linux.Streams;

/// <summary>
/// Output that the command writes into the files of its recording itself. They are looked at now and then, and what has grown gets its index
/// records. Files have no end of their own: it is there when nobody is left to write. Owns its loop.
/// </summary>
internal sealed class DirectStreams : ICommandStreams
{
    private const int MostAtOnce = 256 * 1024 * 1024;
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(50);

    private readonly TimeProvider _time;
    private readonly JournalFiles _files;
    private readonly CommandDescriptors? _descriptors;
    private readonly StreamTerms _terms;
    private readonly DriveInfo _disk;
    private readonly long _minFreeBytes;
    private readonly Func<bool> _nobodyWrites;
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _abandoned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<OutputFault> _faulted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _discarding;

    /// <param name="loop">Moves its input.</param>
    /// <param name="time">The clock.</param>
    /// <param name="files">The files that it writes.</param>
    /// <param name="descriptors">What this server has open of them, and of its input; owned from now on. Null: nothing.</param>
    /// <param name="terms">What becomes of it.</param>
    /// <param name="minFreeBytes">With less room on the disk it is faulted.</param>
    /// <param name="nobodyWrites">Whether none of its processes is left.</param>
    public DirectStreams(
        EventLoop loop, TimeProvider time, JournalFiles files, CommandDescriptors? descriptors, StreamTerms terms, long minFreeBytes, Func<bool> nobodyWrites)
    {
        (_time, _files, _descriptors, _terms, _minFreeBytes, _nobodyWrites) = (time, files, descriptors, terms, minFreeBytes, nobodyWrites);
        _disk = new DriveInfo(files.Directory);
        Input = descriptors?.Input is { } input ? new InputPipe(loop, input, terms.InputClosed) : null;
        Ended = FollowAsync();
    }

    public IInputSink? Input { get; }

    public bool AreRecorded => true;

    public Task Ended { get; }

    public Task<OutputFault> Faulted => _faulted.Task;

    public void Begin() => _begun.TrySetResult();

    public void Resize(TerminalSize size)
    {
    }

    public void Abandon() => _abandoned.TrySetResult();

    private async Task FollowAsync()
    {
        await _begun.Task;
        var wait = Shortest;
        while (true)
        {
            // Asked before the look, which then finds whatever was written by those who have gone.
            var isLast = _abandoned.Task.IsCompleted || _nobodyWrites();
            var hasGrown = Look(OutputStream.Stdout) | Look(OutputStream.Stderr);
            if (isLast)
            {
                break;
            }

            wait = hasGrown ? Shortest : wait * 2 < Longest ? wait * 2 : Longest;
            await Task.WhenAny(Task.Delay(wait, _time), _abandoned.Task);
        }

        Close(OutputStream.Stdout, _descriptors?.Stdout);
        Close(OutputStream.Stderr, _descriptors?.Stderr);
    }

    // Whether there was something new.
    private bool Look(OutputStream stream)
    {
        var grown = RandomAccess.GetLength(_terms.Journal.File(stream)) - _terms.Journal.End(stream);
        if (grown <= 0 || _discarding)
        {
            return false;
        }

        var allowed = Math.Min(grown, (_terms.MaxOutputBytes ?? long.MaxValue) - _terms.Journal.TotalBytes);
        try
        {
            for (var left = allowed; left > 0; left -= MostAtOnce)
            {
                _terms.Journal.Commit(stream, (int)Math.Min(left, MostAtOnce));
            }
        }
        catch (IOException exception)
        {
            // A writer that fills what is kept free between two looks takes the room of the index too.
            Discard(new OutputFault(false, DiskPatience.IsFull(exception.HResult)
                ? $"Its output could not be recorded: {TooLittle}"
                : $"Its output could not be recorded: {exception.Message}"));
            return false;
        }

        if (allowed < grown)
        {
            Discard(new OutputFault(true, $"It wrote more than {_terms.MaxOutputBytes} bytes."));
        }
        else if (_disk.AvailableFreeSpace < _minFreeBytes)
        {
            // It writes into the files itself: a full disk would not make it wait, it would lose what it writes.
            _faulted.TrySetResult(new OutputFault(false, TooLittle));
        }

        return true;
    }

    private string TooLittle => $"Less than {_minFreeBytes} bytes are left on the disk of its recording ({JournalOptions.Section}:MinFreeBytes).";

    private void Discard(OutputFault fault)
    {
        _discarding = true;
        _faulted.TrySetResult(fault);
    }

    // What was written beyond what is recorded goes: beyond a limit, or by somebody who could not be killed.
    private void Close(OutputStream stream, int? descriptor)
    {
        AppendOnly.Clear(_terms.Journal.File(stream));
        var end = _terms.Journal.End(stream);
        if (RandomAccess.GetLength(_terms.Journal.File(stream)) > end)
        {
            using var file = JournalFiles.Open(_files.Of(stream), FileAccess.ReadWrite);
            file.SetLength(end);
        }

        if (descriptor is { } open)
        {
            Libc.Check(Libc.close(open), "close");
        }
    }
}
