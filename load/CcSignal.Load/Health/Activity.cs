namespace CcSignal.Load.Health;

/// <summary>What this run does at the moment: connections it holds, executions it follows.</summary>
internal sealed class Activity
{
    private int _connections;
    private int _executions;

    public int Connections => Volatile.Read(ref _connections);

    public int Executions => Volatile.Read(ref _executions);

    public void Connected() => Interlocked.Increment(ref _connections);

    public void Disconnected() => Interlocked.Decrement(ref _connections);

    public void Follows() => Interlocked.Increment(ref _executions);

    public void Followed() => Interlocked.Decrement(ref _executions);
}
