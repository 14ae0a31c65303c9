using CcSignal.Contracts;
using Microsoft.Extensions.Logging;

namespace CcSignal.Execution.Running;

/// <summary>What followers and the log are told of a run.</summary>
internal sealed partial class ExecutionRun
{
    private void TellLeftovers(Leftovers left)
    {
        if (left.Found.Count > 0)
        {
            Tell(new Notice(NoticeCodes.ProcessesLeft, $"The command ended and left {string.Join(", ", left.Found)} behind; they were killed."));
            Log.ProcessesLeft(logger, claim.Info.Id, left.Found.Count);
        }

        if (left.Stuck.Count > 0)
        {
            Tell(new Notice(NoticeCodes.ProcessesLeft, $"Not all of it could be killed; {string.Join(", ", left.Stuck)} may still run."));
            Log.ProcessesStuck(logger, claim.Info.Id, string.Join(", ", left.Stuck));
        }
    }

    private void TellDisk(bool full)
    {
        Tell(new Notice(NoticeCodes.DiskFull, full
            ? $"The disk of the recording is full. The command waits on its pipe; if there is no room in {plan.DiskPatience.TotalSeconds:0.###} s, it is ended."
            : "There is room on the disk again; recording goes on, and nothing is lost."));
        Log.Disk(logger, claim.Info.Id, full ? "waits for" : "found");
    }

    private void TellRefusedProcesses(ResourceWatch resources)
    {
        if (resources.WasRefusedProcesses)
        {
            Tell(new Notice(NoticeCodes.LimitReached, $"It was refused more than {plan.Limits.Processes} processes and threads at once."));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2001, LogLevel.Information, "Execution {ExecutionId} started as process {ProcessId}.")]
        public static partial void Started(ILogger logger, string executionId, int processId);

        [LoggerMessage(2002, LogLevel.Information, "Execution {ExecutionId} ended: {Cause}, exit code {ExitCode}, signal {Signal}.")]
        public static partial void Ended(ILogger logger, string executionId, EndCause cause, int? exitCode, string? signal);

        [LoggerMessage(2003, LogLevel.Warning, "Execution {ExecutionId} left {Count} processes behind; they were killed.")]
        public static partial void ProcessesLeft(ILogger logger, string executionId, int count);

        [LoggerMessage(2004, LogLevel.Error, "The start of execution {ExecutionId} is not in the history; it runs on.")]
        public static partial void StartNotRecorded(ILogger logger, Exception exception, string executionId);

        [LoggerMessage(2005, LogLevel.Error, "The end of execution {ExecutionId} is not in the history yet; it is tried again every second.")]
        public static partial void EndNotRecorded(ILogger logger, Exception exception, string executionId);

        [LoggerMessage(2007, LogLevel.Error, "Of execution {ExecutionId} not all could be killed: {Processes}. Look at them by hand.")]
        public static partial void ProcessesStuck(ILogger logger, string executionId, string processes);

        [LoggerMessage(2008, LogLevel.Warning, "What was done to execution {ExecutionId} could not be noted: {Reason} A server that takes it over will not know.")]
        public static partial void NotNoted(ILogger logger, string executionId, string reason);

        [LoggerMessage(2009, LogLevel.Warning, "Execution {ExecutionId} {WaitsOrFound} room on the disk of its recording.")]
        public static partial void Disk(ILogger logger, string executionId, string waitsOrFound);

        [LoggerMessage(2006, LogLevel.Warning, "Execution {ExecutionId} was taken over by another server; its end here is not recorded.")]
        public static partial void Fenced(ILogger logger, string executionId);
    }
}
