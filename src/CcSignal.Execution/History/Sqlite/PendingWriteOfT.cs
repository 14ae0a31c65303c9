namespace CcSignal.Execution.History.Sqlite;

/// <summary>A write with a result.</summary>
internal sealed class PendingWrite<T>(Func<WriteSession, T> apply) : PendingWrite
{
    // The waiting code must not run on the writer's thread.
    private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? result;
    private Exception? refusal;

    public Task<T> Completion => completion.Task;

    public override void Apply(WriteSession session)
    {
        refusal = null;
        result = apply(session);
    }

    public override void Refuse(Exception fault) => refusal = fault;

    public override void Complete()
    {
        if (refusal is null)
        {
            completion.SetResult(result!);
        }
        else
        {
            completion.SetException(refusal);
        }
    }
}
