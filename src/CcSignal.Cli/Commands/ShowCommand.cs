using System.CommandLine;
using System.Globalization;
using CcSignal.Cli.CommandLine;
using CcSignal.Cli.Endings;
using CcSignal.Cli.Terminal;
using CcSignal.Cli.Wording;
using CcSignal.Contracts;

namespace CcSignal.Cli.Commands;

/// <summary><c>ccsignal show</c>: all that is known of one command.</summary>
internal static class ShowCommand
{
    public static Command Create(GlobalOptions global, TimeProvider time)
    {
        var id = new Argument<string>("id") { Description = "The execution." };
        var command = new Command("show", "Prints all that is known of a command: how it stands or how it ended, and where in its output one sees why.") { id };
        command.SetAction(async (words, cancellationToken) =>
        {
            await using var client = await global.ConnectAsync(words, cancellationToken);
            var execution = await client.GetAsync(words.GetRequiredValue(id), cancellationToken);
            global.Print(words, execution, () => Sheet(execution, time.GetUtcNow()).Print());
            return 0;
        });
        return command;
    }

    private static FactSheet Sheet(ExecutionInfo execution, DateTimeOffset now)
    {
        var sheet = new FactSheet();
        sheet.Add("id", execution.Id);
        sheet.Add("command", Printable.CommandLine(execution.Command, execution.Arguments));
        sheet.Add("state", ExecutionText.State(execution, now));
        AddEnd(sheet, execution.End);
        sheet.Add("profile", execution.Profile);
        sheet.Add("directory", execution.WorkingDirectory);
        sheet.Add("owner", execution.Owner);
        sheet.Add("node", execution.Node);
        sheet.Add("process", Text(execution.ProcessId));
        sheet.Add("attempt", execution.Attempt > 1 ? Text(execution.Attempt) : null);
        sheet.Add("terminal", execution.Terminal is { } size ? $"{size.Columns} x {size.Rows}" : null);
        sheet.Add("tags", execution.Tags.Count > 0 ? string.Join(", ", execution.Tags.Select(tag => $"{tag.Key}={tag.Value}")) : null);
        sheet.Add("accepted", MomentText.For(execution.QueuedAt));
        sheet.Add("started", execution.StartedAt is { } start ? MomentText.For(start) : null);
        sheet.Add("ended", execution.EndedAt is { } end ? MomentText.For(end) : null);
        sheet.Add("took", execution is { StartedAt: { } from, EndedAt: { } to } ? DurationText.For(TimeSpan.FromMilliseconds(to - from)) : null);
        sheet.Add("stdout", SizeText.For(execution.StdoutBytes));
        sheet.Add("stderr", SizeText.For(execution.StderrBytes));
        sheet.Add("sequence", Text(execution.Sequence));
        sheet.Add("cpu", execution.CpuSeconds is { } cpu ? DurationText.For(TimeSpan.FromSeconds(cpu)) : null);
        sheet.Add("memory", execution.MaxRssBytes is { } memory ? SizeText.For(memory) : null);
        AddAgent(sheet, execution.Agent);
        return sheet;
    }

    private static void AddEnd(FactSheet sheet, ExecutionEnd? end)
    {
        sheet.Add("because", end?.Message);
        sheet.Add("code", end?.Code);
        sheet.Add("evidence", end?.Evidence is { } place ? $"{(place.Stream == OutputStream.Stderr ? "stderr" : "stdout")} at byte {place.Offset}: {place.Text}" : null);
        sheet.Add("retryable", end is { Retryable: true } ? "yes" : null);
    }

    private static void AddAgent(FactSheet sheet, AgentInfo? agent)
    {
        sheet.Add("agent", agent?.Adapter);
        sheet.Add("session", agent?.SessionId);
        sheet.Add("model", agent?.Model);
        sheet.Add("turns", Text(agent?.Turns));
        sheet.Add("tokens in", Text(agent?.InputTokens));
        sheet.Add("tokens out", Text(agent?.OutputTokens));
        sheet.Add("cost", agent?.CostUsd is { } cost ? string.Create(CultureInfo.InvariantCulture, $"{cost:0.0000} USD") : null);
    }

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
