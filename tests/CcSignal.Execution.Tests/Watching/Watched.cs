using CcSignal.Contracts;

namespace CcSignal.Execution.Tests.Watching;

/// <summary>A watch that a test reads step by step.</summary>
internal sealed class Watched(IAsyncEnumerable<ExecutionInfo> executions) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<ExecutionInfo> _executions = executions.GetAsyncEnumerator(CancellationToken.None);

    /// <summary>Everything that came.</summary>
    public List<ExecutionInfo> Seen { get; } = [];

    /// <summary>The next so many.</summary>
    public async Task<IReadOnlyList<ExecutionInfo>> TakeAsync(int count)
    {
        var until = Seen.Count + count;
        await UntilAllAsync(_ => Seen.Count >= until);
        return Seen[^count..];
    }

    /// <summary>The next for which this holds.</summary>
    public async Task<ExecutionInfo> UntilAsync(Func<ExecutionInfo, bool> holds)
    {
        do
        {
            (await _executions.MoveNextAsync()).ShouldBeTrue();
            Seen.Add(_executions.Current);
        }
        while (!holds(Seen[^1]));

        return Seen[^1];
    }

    /// <summary>Reads on until this holds of everything that came.</summary>
    public async Task UntilAllAsync(Func<IReadOnlyList<ExecutionInfo>, bool> holds)
    {
        while (!holds(Seen))
        {
            await UntilAsync(_ => true);
        }
    }

    public ValueTask DisposeAsync() => _executions.DisposeAsync();
}
