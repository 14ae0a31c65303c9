using System.CommandLine;
using CcSignal.Cli.CommandLine;

namespace CcSignal.Cli.Commands;

/// <summary><c>ccsignal pause</c> and <c>ccsignal resume</c>: lets commands stand still, and go on.</summary>
internal static class PauseCommand
{
    public static Command CreatePause(GlobalOptions global) => EachExecution.Create(
        global,
        "pause",
        "Lets commands stand still, each with its whole process tree; their clocks stand still too.",
        (client, id, _, cancellationToken) => client.PauseAsync(id, cancellationToken));

    public static Command CreateResume(GlobalOptions global) => EachExecution.Create(
        global,
        "resume",
        "Lets paused commands go on where they stood.",
        (client, id, _, cancellationToken) => client.ResumeAsync(id, cancellationToken));
}
