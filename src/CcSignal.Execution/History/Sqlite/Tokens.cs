namespace CcSignal.Execution.History.Sqlite;

/// <summary>Proofs of ownership: new ones for each claim, so that who has lost an execution cannot end it.</summary>
internal static class Tokens
{
    /// <summary>A token that nobody had. No secret: it guards against accidents, and the store is behind the door.</summary>
    public static long Next() => Random.Shared.NextInt64(1, long.MaxValue);
}
