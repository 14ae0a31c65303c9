namespace CcSignal.Load.Health;

/// <summary>The counters of whichever process serves at the moment: after a kill it is another. Owns the session with it.</summary>
internal sealed class ServerRuntime : IAsyncDisposable
{
    private RuntimeCounters? _counters;
    private int _process;

    /// <summary>The last second of that process; null: it has told none.</summary>
    public async Task<RuntimeFigures?> TakeAsync(int process)
    {
        if (_process != process)
        {
            await DisposeAsync();
            (_process, _counters) = (process, await RuntimeCounters.AttachAsync(process));
        }

        return _counters?.Last;
    }

    public async ValueTask DisposeAsync()
    {
        await (_counters?.DisposeAsync() ?? ValueTask.CompletedTask);
        _counters = null;
    }
}
