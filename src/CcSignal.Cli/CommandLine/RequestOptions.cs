using System.CommandLine;
using CcSignal.Cli.Wording;
using CcSignal.Contracts;

namespace CcSignal.Cli.CommandLine;

/// <summary>The command to run and everything that can be said about it: the fields of an <see cref="ExecutionRequest"/>.</summary>
internal sealed class RequestOptions
{
    private readonly Argument<string[]> _words = new("command")
    {
        Description = "The command and its arguments, as they are; there is no shell.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _profile = new("--profile") { Description = "The policy it runs under.", HelpName = "NAME" };
    private readonly Option<string?> _id = new("--id") { Description = "A name of your own: starting it again has no second effect.", HelpName = "ID" };
    private readonly Option<string?> _directory = new("--cwd", "-w") { Description = "Its working directory, an absolute path on the server.", HelpName = "DIR" };
    private readonly Option<string[]> _environment = OptionForms.Words(
        "--env", "NAME[=VALUE]", "Sets a variable, or hands this one's own on. Repeatable.", "-e");

    private readonly Option<double?> _timeout = OptionForms.Duration("--timeout", "Ends it after so long (90s, 5m, 1h30m; a bare number is seconds).");
    private readonly Option<double?> _idleTimeout = OptionForms.Duration("--idle-timeout", "Ends it after so long without output.");
    private readonly Option<double?> _queueTimeout = OptionForms.Duration("--queue-timeout", "Gives up after so long in the queue.");
    private readonly Option<double?> _stopGrace = OptionForms.Duration("--stop-grace", "How long it may take to stop before it is killed.");
    private readonly Option<double?> _abandonAfter = OptionForms.Duration("--abandon-after", "Ends it when nobody follows it for so long.");
    private readonly Option<long?> _maxOutput = OptionForms.Size("--max-output", "Ends it when it writes more (512k, 10M, 2G).");
    private readonly Option<long?> _memory = OptionForms.Size("--memory", "Ends it when its process tree uses more memory (512M, 2G).");
    private readonly Option<double?> _cpuTime = OptionForms.Duration("--cpu-time", "Ends it when its process tree uses more processor time.");
    private readonly Option<int?> _processes = new("--processes") { Description = "Its process tree gets no more processes and threads at once.", HelpName = "N" };
    private readonly Option<int?> _openFiles = new("--open-files") { Description = "Each of its processes gets no more open files.", HelpName = "N" };
    private readonly Option<int> _priority = new("--priority") { Description = "-10 to 10; higher starts first.", HelpName = "N" };
    private readonly Option<string?> _key = new("--key") { Description = "Yours with the same key run one after another.", HelpName = "KEY" };
    private readonly Option<string[]> _tags = OptionForms.Words("--tag", "NAME=VALUE", "A label to find it by. Repeatable.");

    /// <summary>Puts everything on <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_words);
        Option[] options =
        [
            _profile, _id, _directory, _environment, _timeout, _idleTimeout, _queueTimeout, _stopGrace, _abandonAfter, _maxOutput,
            _memory, _cpuTime, _processes, _openFiles, _priority, _key, _tags,
        ];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The request that <paramref name="words"/> make.</summary>
    public ExecutionRequest Read(ParseResult words)
    {
        var command = words.GetRequiredValue(_words);
        return new ExecutionRequest
        {
            // Named here, so that a start whose answer is lost can still be found.
            Id = words.GetValue(_id) ?? Guid.CreateVersion7().ToString("N"),
            Profile = words.GetValue(_profile),
            Command = command[0],
            Arguments = command[1..],
            WorkingDirectory = words.GetValue(_directory),
            Environment = NamedValue.Environment(words.GetValue(_environment) ?? [], Environment.GetEnvironmentVariable),
            TimeoutSeconds = words.GetValue(_timeout),
            IdleTimeoutSeconds = words.GetValue(_idleTimeout),
            QueueTimeoutSeconds = words.GetValue(_queueTimeout),
            StopGraceSeconds = words.GetValue(_stopGrace),
            AbandonAfterSeconds = words.GetValue(_abandonAfter),
            MaxOutputBytes = words.GetValue(_maxOutput),
            Limits = LimitsOf(words),
            Priority = words.GetValue(_priority),
            ExclusiveKey = words.GetValue(_key),
            Tags = NamedValue.Tags(words.GetValue(_tags) ?? []),
        };
    }

    private ResourceLimits? LimitsOf(ParseResult words)
    {
        var limits = new ResourceLimits
        {
            MemoryBytes = words.GetValue(_memory),
            CpuSeconds = words.GetValue(_cpuTime),
            Processes = words.GetValue(_processes),
            OpenFiles = words.GetValue(_openFiles),
        };
        return limits == new ResourceLimits() ? null : limits;
    }
}
