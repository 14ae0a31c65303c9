using System.ComponentModel.DataAnnotations;

namespace CcSignal.Execution.Admission;

/// <summary>What may run under one profile, and with which defaults: <c>CcSignal:Profiles:&lt;name&gt;</c>. What it does not allow is refused.</summary>
public sealed class ProfileOptions
{
    /// <summary>Everything: the entry <c>*</c> of <see cref="Commands"/> and <see cref="AllowEnvironment"/>.</summary>
    public const string Any = "*";

    /// <summary>Commands that may run: bare names (searched in <see cref="Path"/>), absolute paths, or <c>*</c> for any. Default: none.</summary>
    public IList<string> Commands { get; } = [];

    /// <summary>Directories below which a command may be started, absolute. Default: only <see cref="WorkingDirectory"/>.</summary>
    public IList<string> Roots { get; } = [];

    /// <summary>Where a command starts that names no directory; absolute. Default: the home directory of the server's user.</summary>
    public string? WorkingDirectory { get; set; }

    /// <summary>Where bare names are searched, as PATH; default: the server's own PATH.</summary>
    public string? Path { get; set; }

    /// <summary>Variables every command gets; they win over passed ones.</summary>
    public IDictionary<string, string> Environment { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Names handed on from the server's own environment where it has them. Never a token of the server.</summary>
    public IList<string> PassEnvironment { get; } = [];

    /// <summary>Names that a request may set; a final <c>*</c> stands for any ending. Default: none.</summary>
    public IList<string> AllowEnvironment { get; } = [];

    /// <summary>Running time of a request that names none, in seconds; a request may ask for less, not for more. Default: none.</summary>
    [Range(0.001, 31_536_000)]
    public double? TimeoutSeconds { get; set; }

    /// <summary>Time without output, likewise, in seconds. Default: none.</summary>
    [Range(0.001, 31_536_000)]
    public double? IdleTimeoutSeconds { get; set; }

    /// <summary>Time in the queue, likewise, in seconds. Default: none.</summary>
    [Range(0.001, 31_536_000)]
    public double? QueueTimeoutSeconds { get; set; }

    /// <summary>Recorded bytes of both streams, likewise. Default: none.</summary>
    [Range(1, long.MaxValue)]
    public long? MaxOutputBytes { get; set; }

    /// <summary>Patience between the polite and the forced stop, in seconds. 0–3,600; default 10.</summary>
    [Range(0.0, 3600)]
    public double StopGraceSeconds { get; set; } = 10;

    /// <summary>The polite signal of a stop. <c>SIGTERM</c> (default), <c>SIGINT</c>, <c>SIGHUP</c> or <c>SIGQUIT</c>.</summary>
    [RegularExpression("SIGTERM|SIGINT|SIGHUP|SIGQUIT")]
    public string StopSignal { get; set; } = "SIGTERM";

    /// <summary>How long output held by descendants is followed after the root's end, in seconds. 0–3,600; default 5.</summary>
    [Range(0.0, 3600)]
    public double DrainGraceSeconds { get; set; } = 5;

    /// <summary>
    /// How long a command waits on its pipe while the disk of its recording is full, before it is ended, in seconds. 0–86,400; default 60.
    /// </summary>
    [Range(0.0, 86_400)]
    public double DiskFullPatienceSeconds { get; set; } = 60;

    /// <summary>Leaves processes that outlive the root alone. Default: they are killed after the drain, and a notice tells it.</summary>
    public bool KeepLeftovers { get; set; }

    /// <summary>
    /// How output comes into the recording. <c>pipe</c> (default): the server moves it there. <c>direct</c>: commands write the files themselves; only
    /// for programs that use nothing but their descriptors, never for shells (docs/processes.md). Linux.
    /// </summary>
    [RegularExpression("pipe|direct")]
    public string Output { get; set; } = "pipe";

    /// <summary>The size of each output pipe in bytes, 4,096–1,048,576; default 65,536. Agents that exit without draining want 1,048,576.</summary>
    [Range(4096, 1024 * 1024)]
    public int PipeBytes { get; set; } = 64 * 1024;

    /// <summary>Limits of the whole tree of a request that names none; a request may ask for less, not for more. Default: none.</summary>
    public LimitOptions Limits { get; set; } = new();

    /// <summary>How much of what has ended under it is kept. Default: all, as far as <c>CcSignal:Retention</c> lets it.</summary>
    public KeepOptions Retention { get; set; } = new();

    /// <summary>
    /// The user commands run as, by name or number, with its groups; the server must be root or hold CAP_SETUID and CAP_SETGID. The environment stays
    /// as configured: set HOME and USER there. Linux. Default: the server's own user.
    /// </summary>
    public string? User { get; set; }

    /// <summary>The permission bits that files made by commands do not get (umask(2)), octal, <c>000</c>–<c>777</c>. Linux. Default: the server's own.</summary>
    [RegularExpression("0?[0-7]{3}")]
    public string? Umask { get; set; }

    /// <summary>Whether commands can gain no privileges by setuid programs such as sudo (PR_SET_NO_NEW_PRIVS, prctl(2)). Linux. Default: they can.</summary>
    public bool NoNewPrivileges { get; set; }

    /// <summary>
    /// A program and its arguments that is started in place of every command, with the command's absolute path and arguments behind its own; for
    /// instance <c>bwrap --ro-bind / / --unshare-net --</c>, an entry a word. It must become the command, or end as it ends. Default: none.
    /// </summary>
    public IList<string> Wrapper { get; } = [];
}
