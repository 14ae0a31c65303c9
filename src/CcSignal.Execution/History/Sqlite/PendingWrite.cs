namespace CcSignal.Execution.History.Sqlite;

/// <summary>A write on its way: what to do, and who waits for it.</summary>
internal abstract class PendingWrite
{
    /// <summary>Does it, inside a transaction. May be called again when that transaction fails for another reason.</summary>
    public abstract void Apply(WriteSession session);

    /// <summary>Remembers that it was refused; the transaction goes on without it.</summary>
    public abstract void Refuse(Exception fault);

    /// <summary>Tells who waits. Called once, after the commit.</summary>
    public abstract void Complete();
}
