namespace CcSignal.Server.Hosting;

/// <summary>What the server's process ends with; told by <c>--help</c>.</summary>
internal static class ExitCode
{
    /// <summary>It was asked to stop and did.</summary>
    public const int Stopped = 0;

    /// <summary>A fault of the server itself; the log has it.</summary>
    public const int Failed = 1;

    /// <summary>The configuration or the command line is wrong.</summary>
    public const int BadConfiguration = 2;

    /// <summary>The address cannot be listened on.</summary>
    public const int CannotListen = 3;

    /// <summary>The data directory is in use or cannot be used.</summary>
    public const int BadDataDirectory = 4;

    /// <summary>It left its commands running to a server to come; only a keeper sees this.</summary>
    public const int Left = Keeper.KeeperProcess.Left;
}
