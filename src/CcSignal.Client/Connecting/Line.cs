namespace CcSignal.Client.Connecting;

/// <summary>One connection from its coming up to its end. The hub connection is the same object for one after the other.</summary>
/// <param name="isFirst">Whether none was before it.</param>
internal sealed class Line(bool isFirst = false)
{
    /// <summary>Whether none was before it; a later one may lead to a server that has just been started.</summary>
    public bool IsFirst { get; } = isFirst;

    private readonly TaskCompletionSource<Exception?> _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at its end, with the cause if there is one.</summary>
    public Task<Exception?> Broken => _broken.Task;

    /// <summary>Whether anything came over it: one that never served is no better than none.</summary>
    public bool Served { get; private set; }

    /// <summary>Something came over it.</summary>
    public void Serve() => Served = true;

    /// <summary>It has ended.</summary>
    public void Break(Exception? cause) => _broken.TrySetResult(cause);
}
