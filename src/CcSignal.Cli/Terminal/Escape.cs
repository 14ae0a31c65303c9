namespace CcSignal.Cli.Terminal;

/// <summary>What a person asks of this program, and not of the command, while the keyboard is the command's.</summary>
internal enum Escape
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>To leave the command running.</summary>
    Leave,

    /// <summary>To cancel it.</summary>
    Cancel,
}
