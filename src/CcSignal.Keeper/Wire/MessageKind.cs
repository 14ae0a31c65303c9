namespace CcSignal.Keeper.Wire;

/// <summary>What a message between server and keeper says. Numbers are never used again: keepers and servers of different versions talk.</summary>
internal enum MessageKind : byte
{
    /// <summary>Server: keep these descriptors for an execution; sent before its process exists. A second one adds to the first.</summary>
    Hold = 1,

    /// <summary>Server: its process.</summary>
    Started = 2,

    /// <summary>Server: its process has ended so; sent before the server reaps it.</summary>
    Ended = 3,

    /// <summary>Server: close one of its descriptors.</summary>
    Drop = 4,

    /// <summary>Server: its end is recorded; close everything and forget it.</summary>
    Forget = 5,

    /// <summary>Server: it serves.</summary>
    Ready = 6,

    /// <summary>Keeper: an execution that an earlier server left, with its descriptors.</summary>
    Held = 16,

    /// <summary>Keeper: that were all.</summary>
    End = 17,

    /// <summary>Keeper: the process of a taken-over execution has ended.</summary>
    Exited = 18,

    /// <summary>Keeper: some descriptors of a <see cref="Hold"/> did not arrive; it has no room for more.</summary>
    NotHeld = 19,

    /// <summary>Keeper: leave the commands running and go; another server takes over.</summary>
    Leave = 20,
}
