using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using CcSignal.Contracts;
using CcSignal.Execution.History;

namespace CcSignal.Execution.Processes.Portable;

/// <summary>A command started by <see cref="PortableLauncher"/>. Owns the process object and the two loops that read its output.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A token source without a timer holds nothing, and a late abandon must still find it.")]
internal sealed class PortableProcess : IRunningProcess
{
    private const int BlockBytes = 64 * 1024;

    private readonly Process _process;
    private readonly LaunchSpec _spec;
    private readonly Lock _journal = new();
    private readonly CancellationTokenSource _abandoned = new();
    private readonly TaskCompletionSource<ProcessExit> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<OutputFault> _faulted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _discarding;

    public PortableProcess(Process process, LaunchSpec spec)
    {
        _process = process;
        _spec = spec;

        // The event comes with the process's end; WaitForExitAsync would wait for a grandchild that holds the output
        // (https://github.com/dotnet/runtime/issues/51277). Set before the start, so that it cannot be missed.
        _process.Exited += (_, _) => _exited.TrySetResult(new ProcessExit(_process.ExitCode, null));
    }

    public ProcessIdentity Identity { get; private set; } = new(0, 0, "");

    public long? StartedAt => null;

    public Task<ProcessExit> Exited => _exited.Task;

    public Task OutputEnded { get; private set; } = Task.CompletedTask;

    public Task<OutputFault> OutputFaulted => _faulted.Task;

    public bool IsRecorded => true;

    public IInputSink? Input { get; private set; }

    /// <summary>Starts it; where the input is not open, it is at its end from the first moment.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The system refused.</exception>
    public void Start()
    {
        _process.Start();
        if (_spec.OpenInput)
        {
            Input = new PortableInput(_process.StandardInput.BaseStream);
        }
        else
        {
            _process.StandardInput.Close();
        }

        Identity = ProcessTable.Identify(_process.Id);
    }

    public void Begin() => OutputEnded = ReadBothAsync();

    public void Resize(TerminalSize size)
    {
        // There are no portable terminals; a request for one was refused.
    }

    /// <summary>There is no portable polite signal: the stop goes on to <see cref="KillAsync"/>.</summary>
    public void Signal(int signal)
    {
        if (signal == SignalNames.SIGKILL)
        {
            Kill();
        }
    }

    public string? Degraded => null;

    /// <summary>What outlives the root cannot be found without calls of the system's own.</summary>
    public bool IsGone => _exited.Task.IsCompleted;

    public IReadOnlyList<string> Living() => [];

    public void SignalAll(int signal) => Signal(signal);

    public Task<IReadOnlyList<string>> KillAsync()
    {
        Kill();
        return Task.FromResult<IReadOnlyList<string>>([]);
    }

    public Task<bool> PauseAsync() => Task.FromResult(false);

    public void Resume()
    {
        // Nothing was paused.
    }

    public ResourceUse Measure() => default;

    public void Release()
    {
        // Nothing was made.
    }

    public void AbandonOutput() => _abandoned.Cancel();

    private void Kill()
    {
        try
        {
#pragma warning disable RS0030 // The only way there is without calls of the system's own; this launcher says so in Describe.
            _process.Kill(entireProcessTree: true);
#pragma warning restore RS0030
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    private async Task ReadBothAsync()
    {
        await Task.WhenAll(
            ReadAsync(_process.StandardOutput.BaseStream, OutputStream.Stdout),
            ReadAsync(_process.StandardError.BaseStream, OutputStream.Stderr));
        await _exited.Task;
        _process.Dispose();
    }

    private async Task ReadAsync(Stream source, OutputStream stream)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            int read;
            while ((read = await source.ReadAsync(buffer, _abandoned.Token)) > 0)
            {
                while (Record(stream, buffer.AsSpan(0, read)) is { } nextLook)
                {
                    await nextLook.WaitAsync(_abandoned.Token);
                }
            }
        }
        catch (OperationCanceledException) when (_abandoned.IsCancellationRequested)
        {
            // Abandoned: somebody holds the other end, and nobody waits for it any more.
        }
        catch (IOException exception)
        {
            _faulted.TrySetResult(new OutputFault(false, $"Its output could not be read: {exception.Message}"));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Null: recorded, or thrown away. Otherwise the disk is full, and it is to be tried again when the task completes.
    private Task? Record(OutputStream stream, ReadOnlySpan<byte> bytes)
    {
        lock (_journal)
        {
            if (_discarding)
            {
                return null;
            }

            var room = (_spec.MaxOutputBytes ?? long.MaxValue) - _spec.Journal.TotalBytes;
            var recorded = bytes.Length <= room ? bytes : bytes[..(int)room];
            try
            {
                if (recorded.Length > 0)
                {
                    _spec.Journal.Append(stream, recorded);
                    _spec.DiskPatience.HasRoom(stream);
                }
            }
            catch (IOException exception)
            {
                var again = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                if (DiskPatience.IsFull(exception.HResult) && _spec.DiskPatience.Waits(stream, () => again.TrySetResult()))
                {
                    return again.Task;
                }

                Discard(new OutputFault(false, $"Its output could not be recorded: {exception.Message}"));
                return null;
            }

            if (recorded.Length < bytes.Length)
            {
                Discard(new OutputFault(true, $"It wrote more than {_spec.MaxOutputBytes} bytes."));
            }

            return null;
        }
    }

    private void Discard(OutputFault fault)
    {
        _discarding = true;
        _faulted.TrySetResult(fault);
    }
}
