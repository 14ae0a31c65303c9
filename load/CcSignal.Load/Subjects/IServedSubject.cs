namespace CcSignal.Load.Subjects;

/// <summary>A way with a server behind it, whose memory is part of the price.</summary>
internal interface IServedSubject : ISubject
{
    /// <summary>As many connections or commands as tell what each costs; fewer where each is a process of its own on both sides.</summary>
    int MostHeld { get; }

    /// <summary>Starts a server of its own for what is to be held; whoever asked ends it.</summary>
    Task<IServing> ServeAsync(int executions, CancellationToken cancellationToken);
}
