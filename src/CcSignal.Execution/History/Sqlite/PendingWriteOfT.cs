namespace CcSignal.Execution.History.Sqlite;

/// <summary>A write with a result.</summary>
internal sealed class PendingWrite<T>(Func<WriteSession, T> apply) : PendingWrite
{
    // The waiting code must not run on the writer's thread.
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private Exception? _refusal;

    public Task<T> Completion => _completion.Task;

    public override void Apply(WriteSession session)
    {
        _refusal = null;
        _result = apply(session);
    }

    public override void Refuse(Exception fault) => _refusal = fault;

    public override void Complete()
    {
        if (_refusal is null)
        {
            _completion.SetResult(_result!);
        }
        else
        {
            _completion.SetException(_refusal);
        }
    }
}
