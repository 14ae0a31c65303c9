using System.CommandLine;
using System.ComponentModel;
using CcSignal.Cli.CommandLine;
using CcSignal.Cli.Terminal;
using CcSignal.Cli.Upgrading;
using CcSignal.Client.Connecting;

namespace CcSignal.Cli.Commands;

/// <summary><c>ccsignal server</c>: what is done to the server of this machine.</summary>
internal static class ServerCommand
{
    private const int Hangup = 1;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Command Create(TimeProvider time) => new("server", "Does something to the server of this machine.") { Upgrade(time) };

    private static DescribedCommand Upgrade(TimeProvider time)
    {
        var data = new Option<string?>("--data") { Description = "The server's data directory. Default: as the server finds it.", HelpName = "DIR" };
        var command = new DescribedCommand(
            "upgrade",
            "Replaces the running server by its executable as it is now; running commands go on.",
            "Signals the server's keeper (SIGHUP), which must belong to the same user. Clients see a reconnect. Returns when the next server has begun.") { data };
        command.SetAction(async (words, cancellationToken) =>
        {
            var file = new KeeperFile(words.GetValue(data) ?? LocalData.Directory(Environment.GetEnvironmentVariable));
            var (keeper, earlier) = (file.Keeper(), file.Server);
            if (LibC.Kill(keeper, Hangup) != 0)
            {
                throw new IOException($"The keeper, process {keeper}, cannot be signalled: {new Win32Exception().Message}.");
            }

            var began = time.GetTimestamp();
            while (file.Server == earlier)
            {
                if (time.GetElapsedTime(began) > Patience)
                {
                    throw new IOException($"No other server came within {Patience.TotalSeconds} s: look at the log of the server.");
                }

                await Task.Delay(Look, time, cancellationToken);
            }

            Console.Out.WriteLine($"Process {file.Server} took over from process {earlier}.");
            return 0;
        });
        return command;
    }
}
