using System.CommandLine;
using System.Globalization;
using CcSignal.Cli.CommandLine;
using CcSignal.Cli.Terminal;
using CcSignal.Cli.Wording;
using CcSignal.Contracts;

namespace CcSignal.Cli.Commands;

/// <summary><c>ccsignal info</c>: what the server is and allows.</summary>
internal static class InfoCommand
{
    public static Command Create(GlobalOptions global)
    {
        var command = new Command("info", "Prints what the server is, what it allows you, and what is in force on its machine.");
        command.Aliases.Add("describe");
        command.SetAction(async (words, cancellationToken) =>
        {
            await using var client = await global.ConnectAsync(words, cancellationToken);
            var server = await client.DescribeAsync(cancellationToken);
            global.Print(words, server, () => Sheet(server).Print());
            return 0;
        });
        return command;
    }

    private static FactSheet Sheet(ServerInfo server)
    {
        var sheet = new FactSheet();
        sheet.Add("version", server.Version);
        sheet.Add("node", server.Node);
        sheet.Add("process", Text(server.ProcessId));
        sheet.Add("keeper", server.KeeperProcessId is { } keeper ? Text(keeper) : "none: commands do not outlive the server");
        sheet.Add("started", MomentText.For(server.StartedAt));
        sheet.Add("profiles", string.Join(", ", server.Profiles));
        sheet.Add("running at most", Text(server.Limits.MaxRunning));
        sheet.Add("queued at most", Text(server.Limits.MaxQueued));
        sheet.Add("streams a connection", Text(server.Limits.MaxStreamsPerConnection));
        sheet.Add("arguments at most", Text(server.Limits.MaxArguments));
        sheet.Add("launcher", server.Features.Launcher);
        sheet.Add("control groups", server.Features.Cgroup);
        sheet.Add("terminals", server.Features.Terminals ? "yes" : "no");
        sheet.Add("limits in force", string.Join(", ", server.Features.Limits));
        return sheet;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
