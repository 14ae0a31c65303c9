using Spectre.Console;

namespace CcSignal.Load.Engine.Progress;

/// <summary>Chooses how progress is shown: live for a person who looks, lines for a file or a pipe. Always on standard error, so that output stays what it is.</summary>
internal static class ProgressViews
{
    public static IProgressView ForThisConsole(LoadContext context) => Console.IsErrorRedirected
        ? new LineView(Console.Error, context.ReportingInterval)
        : new TableView(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }));
}
