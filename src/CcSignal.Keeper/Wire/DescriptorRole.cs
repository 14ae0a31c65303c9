namespace CcSignal.Keeper.Wire;

/// <summary>What a held descriptor is to its execution. The keeper hands roles back unseen.</summary>
internal enum DescriptorRole : byte
{
    /// <summary>The writing end of standard input.</summary>
    Stdin = 2,

    /// <summary>The reading end of standard output.</summary>
    Stdout = 3,

    /// <summary>The reading end of standard error.</summary>
    Stderr = 4,

    /// <summary>The terminal's own end.</summary>
    TerminalMaster = 5,

    /// <summary>The writing end of the pipe between terminal and journal; its reading end is <see cref="Stdout"/>.</summary>
    RelayWriter = 6,
}
