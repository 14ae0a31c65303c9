using System.Globalization;
using CcSignal.Contracts;
using CcSignal.Execution.Processes;
using CcSignal.TestKit;
using Libc = CcSignal.Execution.Processes.Linux.Native.Libc;

namespace CcSignal.Execution.Tests.Processes;

/// <summary>
/// Commands that are hard to stop. Plain shell, because a shell forks in a millisecond and the child program in sixty. Each prints a line when it is as
/// nasty as it gets, and everything it starts sleeps for a number of seconds that no other process sleeps for.
/// </summary>
internal sealed class Creature
{
    private static int _last;

    private readonly string _seconds =
        string.Create(CultureInfo.InvariantCulture, $"600.{Environment.ProcessId}{Interlocked.Increment(ref _last):D6}");

    /// <summary>All that a search by session, descent or cookie can find.</summary>
    public static readonly string[] Findable =
        ["polite", "ignores-term", "children", "left-the-session", "double-fork", "stopped", "fork-loop", "ignores-everything-and-forks", "stopped-children"];

    /// <summary>Hides from every search: no cookie, no parent, a session of its own.</summary>
    public const string Hidden = "hidden";

    public ExecutionRequest Request(string name) => new() { Command = "sh", Arguments = ["-c", Script(name)], StopGraceSeconds = 0.3 };

    /// <summary>What of it lives, by process number.</summary>
    public IReadOnlyList<int> Living =>
    [
        .. from directory in Directory.EnumerateDirectories("/proc")
           where CommandLine(directory).Contains(_seconds, StringComparison.Ordinal)
           select int.Parse(Path.GetFileName(directory), CultureInfo.InvariantCulture),
    ];

    /// <summary>Kills what of it lives, until nothing does.</summary>
    public Task EndAsync() => Eventually.Holds(
        () =>
        {
            foreach (var processId in Living)
            {
                _ = Libc.kill(processId, SignalNames.SIGKILL);
            }

            return Living.Count == 0;
        },
        cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Runs it, cancels it when it is as nasty as it gets, and waits for its end.</summary>
    public static async Task<ExecutionEnd> CancelWhenReadyAsync(Engine engine, ExecutionRequest request)
    {
        var id = (await engine.Service.StartAsync(request, Engine.Admin)).Id;
        await engine.FollowAsync(id).FirstAsync(item => item.Kind == EventKind.Output, TestContext.Current.CancellationToken);
        await engine.Service.CancelAsync(id, null, Engine.Admin, TestContext.Current.CancellationToken);
        return (await engine.FollowToEndAsync(id)).End();
    }

    private string Script(string name) => name switch
    {
        "polite" => $"echo ready; exec sleep {_seconds}",
        "ignores-term" => $"trap '' TERM INT HUP; echo ready; while :; do sleep {_seconds}; done",
        "children" => $"sleep {_seconds} & sleep {_seconds} & echo ready; wait",
        "left-the-session" => $"setsid sleep {_seconds} & echo ready; wait",
        "double-fork" => $"(setsid sh -c 'trap \"\" TERM; sleep {_seconds}' >/dev/null 2>&1 &) ; echo ready; sleep {_seconds}",
        "stopped" => $"echo ready; kill -STOP $$; sleep {_seconds}",
        "stopped-children" => $"sleep {_seconds} & kill -STOP $!; setsid sleep {_seconds} & kill -STOP $!; echo ready; wait",

        // Bounded: a machine that loses this test must not go down with it.
        "fork-loop" => $"echo ready; i=0; while [ $i -lt 3000 ]; do (setsid sleep {_seconds} &) ; i=$((i+1)); done; sleep {_seconds}",
        "ignores-everything-and-forks" =>
            $"trap '' TERM INT HUP QUIT USR1; echo ready; i=0; while [ $i -lt 3000 ]; do sleep {_seconds} & i=$((i+1)); done; wait",
        Hidden => $"env -i setsid sh -c 'sleep {_seconds} & sleep {_seconds} &' >/dev/null 2>&1 & wait; echo ready; sleep {_seconds}",
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such creature."),
    };

    private static string CommandLine(string directory)
    {
        try
        {
            return File.ReadAllText(Path.Combine(directory, "cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            return ""; // not a process, or one that ended meanwhile; a zombie has none
        }
        catch (UnauthorizedAccessException)
        {
            return "";
        }
    }
}
