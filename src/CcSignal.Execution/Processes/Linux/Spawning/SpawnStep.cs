namespace CcSignal.Execution.Processes.Linux.Spawning;

/// <summary>The steps of a start that can fail.</summary>
internal enum SpawnStep
{
    /// <summary>Making the child, or one of its calls that cannot fail for a reason of the command's.</summary>
    Child,

    /// <summary>Being born in the control group.</summary>
    ControlGroup,

    /// <summary>Setting a limit.</summary>
    Limit,

    /// <summary>Becoming another user.</summary>
    User,

    /// <summary>Entering the working directory.</summary>
    Directory,

    /// <summary>Becoming the program.</summary>
    Program,
}
