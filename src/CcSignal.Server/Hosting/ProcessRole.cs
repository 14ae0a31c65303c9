using System.ComponentModel;
using CcSignal.Execution.Processes.Linux;
using CcSignal.Keeper;
using CcSignal.Keeper.Serving;
using CcSignal.Keeper.Wire;

namespace CcSignal.Server.Hosting;

/// <summary>
/// What this process is. The program that a person starts is the keeper, where the system lets it be; it starts itself again as the server, which
/// knows that by its first words and by a socket that no person can give it. So nothing of it stands in the environment that commands inherit from.
/// </summary>
/// <param name="Words">The command line without what decides the role.</param>
/// <param name="IsKeeper">This process is the keeper.</param>
/// <param name="Keeper">The server's end of the socket to its keeper; null: there is none.</param>
internal sealed record ProcessRole(string[] Words, bool IsKeeper = false, KeeperSocket? Keeper = null)
{
    /// <summary>Keeps a person's server alone.</summary>
    public const string NoKeeper = "--no-keeper";

    /// <summary>The role that these words ask for.</summary>
    public static ProcessRole Of(string[] args)
    {
        if (OperatingSystem.IsLinux() && args.AsSpan().StartsWith(ServerCommand.Role) && KeeperSocket.OfServer() is { } keeper)
        {
            return new ProcessRole(args[ServerCommand.Role.Length..], Keeper: keeper);
        }

        return args.Contains(NoKeeper)
            ? new ProcessRole([.. args.Where(word => word != NoKeeper)])
            : new ProcessRole(args, IsKeeper: LinuxLauncher.IsSupported && !CommandLine.OnlyAsks(args));
    }

    /// <summary>Keeps until the server has ended for good, and returns the exit code; null: this process is the server, or must be.</summary>
    public int? RunKeeper()
    {
        if (!IsKeeper)
        {
            return null;
        }

        try
        {
            return new KeeperProcess(ServerCommand.OfThisProgram(Words)).Run();
        }
        catch (Exception exception) when (exception is Win32Exception or IOException or UnauthorizedAccessException)
        {
            Speech.Say($"the server runs without a keeper, and commands will end with it: {exception.Message}.");
            return null;
        }
    }
}
