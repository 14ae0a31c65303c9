using CcSignal.Contracts;
using CcSignal.Execution;
using CcSignal.Server.Hosting;

namespace CcSignal.Server.Endpoints;

/// <summary>Whether the server takes work: what an earlier one left is looked after, its disk can be written, and it is not stopping.</summary>
internal sealed class Readiness(NodeState node, DataDirectory data, TimeProvider time)
{
    // Anybody may ask: the disk is written at most so often.
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private bool _isWritable;
    private long? _checked;

    /// <summary>The word for ready.</summary>
    /// <exception cref="RefusedException">It is not, and why.</exception>
    public string Check() => node.NotReady switch
    {
        NodeState.Draining => throw new RefusedException(ErrorCodes.Draining, "The server is stopping."),
        { } reason => throw new RefusedException(ErrorCodes.Unavailable, $"The server is {reason}."),
        null => IsWritable() ? "ready" : throw new RefusedException(ErrorCodes.Unavailable, "The data directory cannot be written."),
    };

    private bool IsWritable()
    {
        lock (_gate)
        {
            if (_checked is not { } last || time.GetElapsedTime(last) >= Freshness)
            {
                _isWritable = data.IsWritable();
                _checked = time.GetTimestamp();
            }

            return _isWritable;
        }
    }
}
