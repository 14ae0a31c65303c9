namespace CcSignal.Execution.Processes;

/// <summary>How a command's input took a write.</summary>
internal enum InputState
{
    /// <summary>It took it, all or some, and takes more.</summary>
    Open,

    /// <summary>The bytes before these have not come: nothing was taken.</summary>
    Gap,

    /// <summary>It was closed by a client: nothing was taken.</summary>
    Closed,

    /// <summary>The command has closed its end, or has ended: nothing was taken.</summary>
    Unread,
}
