namespace CcSignal.Execution.Processes.Linux;

/// <summary>Something whose descriptor the event loop watches; called on the loop's thread only, so it must not block.</summary>
internal interface IWatched
{
    /// <summary>The descriptor is ready.</summary>
    /// <param name="events">As epoll_wait(2) returns them.</param>
    void OnReady(uint events);

    /// <summary><see cref="OnReady"/> threw: a fault of ours. It is not watched any more.</summary>
    void OnFault(Exception exception);
}
