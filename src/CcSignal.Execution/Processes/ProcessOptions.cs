using System.ComponentModel.DataAnnotations;

namespace CcSignal.Execution.Processes;

/// <summary>How commands are started.</summary>
public sealed class ProcessOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "CcSignal:Processes";

    /// <summary>The value of <see cref="OnStop"/> that leaves commands running.</summary>
    public const string Leave = "leave";

    /// <summary>
    /// What a stop of the server does to running commands. <c>stop</c> (default): ends them in order. <c>leave</c>: leaves them to the keeper,
    /// which then stays until a server is started again by SIGHUP (<c>ccsignal server upgrade</c>); without a keeper as <c>stop</c>.
    /// </summary>
    [RegularExpression("stop|leave")]
    public string OnStop { get; set; } = "stop";

    /// <summary>
    /// <c>auto</c> (default): Linux's own launcher where it works, else the portable one. <c>linux</c>: that, or the server does not start.
    /// <c>portable</c>: no sessions, no polite stop, no signals told from exit codes.
    /// </summary>
    [RegularExpression("auto|linux|portable")]
    public string Launcher { get; set; } = "auto";

    /// <summary>
    /// <c>auto</c> (default): commands are held together by control groups where the system lets the server make them, else by session and
    /// cookie. <c>v2</c>: by control groups, or the server does not start. <c>none</c>: never.
    /// </summary>
    [RegularExpression("auto|v2|none")]
    public string ControlGroups { get; set; } = "auto";

    /// <summary>
    /// Seconds that a write of input waits for a command that reads nothing, before it answers with what was accepted. 0.01–60; default 10.
    /// </summary>
    [Range(0.01, 60)]
    public double InputPatienceSeconds { get; set; } = 10;
}
