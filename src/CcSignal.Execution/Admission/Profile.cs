using CcSignal.Contracts;
using CcSignal.Execution.Processes;
using CcSignal.Execution.Processes.Linux;

namespace CcSignal.Execution.Admission;

/// <summary>One profile in force: decides whether a request may run, and completes it.</summary>
internal sealed class Profile(string name, ProfileOptions options)
{
    // Not verified: a home that does not exist is named in the refusal, and would be an empty string otherwise.
    private readonly string _workingDirectory =
        options.WorkingDirectory ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);

    private readonly string _searchPath = options.Path ?? Environment.GetEnvironmentVariable("PATH") ?? "";

    private readonly Confinement _confinement = new(
        options.User is null ? null : Users.Find(options.User),
        options.Umask is null ? null : Convert.ToInt32(options.Umask, 8),
        options.NoNewPrivileges);

    /// <summary>Completes a request.</summary>
    /// <exception cref="RefusedException"><c>forbidden</c>: the profile does not allow it; the message says what and which profile.</exception>
    public ExecutionPlan Plan(ExecutionRequest request)
    {
        var directory = Directories.Resolve(request.WorkingDirectory ?? _workingDirectory);
        CheckDirectory(directory);
        CheckCommand(request.Command, directory);
        CheckOutput(request, directory);
        return Plan(request, directory, EnvironmentOf(request));
    }

    /// <summary>Completes the request of a command that runs already: how it is followed and ended. Whether it may run is not asked again.</summary>
    public ExecutionPlan PlanOfRunning(ExecutionRequest request, ExecutionInfo info) =>
        Plan(request, info.WorkingDirectory, new Dictionary<string, string>());

    private ExecutionPlan Plan(ExecutionRequest request, string directory, Dictionary<string, string> environment) =>
        new()
        {
            Request = request,
            Profile = name,
            WorkingDirectory = directory,
            Environment = environment,
            SearchPath = _searchPath,
            Timeout = Least(request.TimeoutSeconds, options.TimeoutSeconds),
            IdleTimeout = Least(request.IdleTimeoutSeconds, options.IdleTimeoutSeconds),
            QueueTimeout = Least(request.QueueTimeoutSeconds, options.QueueTimeoutSeconds),
            AbandonAfter = request.AbandonAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            MaxOutputBytes = Least(request.MaxOutputBytes, options.MaxOutputBytes),
            Stop =
            [
                new StopStep(
                    SignalNames.NumberOf(options.StopSignal)!.Value,
                    TimeSpan.FromSeconds(request.StopGraceSeconds ?? options.StopGraceSeconds)),
            ],
            DrainGrace = TimeSpan.FromSeconds(options.DrainGraceSeconds),
            DiskPatience = TimeSpan.FromSeconds(options.DiskFullPatienceSeconds),
            KeepLeftovers = options.KeepLeftovers,
            Limits = new ResourceLimits
            {
                MemoryBytes = Least(request.Limits?.MemoryBytes, options.Limits.MemoryBytes),
                Processes = (int?)Least(request.Limits?.Processes, options.Limits.Processes),
                OpenFiles = (int?)Least(request.Limits?.OpenFiles, options.Limits.OpenFiles),
                CpuSeconds = Least(request.Limits?.CpuSeconds, options.Limits.CpuSeconds)?.TotalSeconds,
            },
            Confinement = _confinement,
            Wrapper = options.Wrapper.AsReadOnly(),
            WritesDirectly = WritesDirectly(request),
            PipeBytes = options.PipeBytes,
        };

    private void CheckDirectory(string directory)
    {
        var roots = options.Roots.Count > 0 ? options.Roots : [_workingDirectory];
        if (!roots.Any(root => Directories.IsBelow(directory, Directories.Resolve(root))))
        {
            throw new RefusedException(
                ErrorCodes.Forbidden, $"'workingDirectory' '{directory}' is outside the roots of profile '{name}'.");
        }
    }

    private void CheckCommand(string command, string directory)
    {
        if (options.Commands.Contains(ProfileOptions.Any))
        {
            return;
        }

        // Compared as resolved files, so that another spelling of a path cannot slip in, nor a file of the same name elsewhere.
        var wanted = CommandPath.Resolve(command, directory, _searchPath).Path;
        var allowed = options.Commands.Any(entry =>
            entry == command && !command.Contains('/', StringComparison.Ordinal)
            || (wanted is not null && wanted == CommandPath.Resolve(entry, "/", _searchPath).Path));
        if (!allowed)
        {
            throw new RefusedException(ErrorCodes.Forbidden, $"'command' '{command}' is not one that profile '{name}' allows.");
        }
    }

    private void CheckOutput(ExecutionRequest request, string directory)
    {
        var shell = !WritesDirectly(request) ? null
            : Shells.Find(request.Command, directory, _searchPath) ?? (options.Wrapper.Count > 0 ? Shells.Find(options.Wrapper[0], "/", _searchPath) : null);
        if (shell is not null)
        {
            throw new RefusedException(
                ErrorCodes.Forbidden, $"'command' '{request.Command}' is run by a shell ('{shell}'), which profile '{name}' does not allow: its 'Output' is 'direct'.");
        }
    }

    // A terminal is no file: what it shows is moved.
    private bool WritesDirectly(ExecutionRequest request) => options.Output == "direct" && request.Terminal is null;

    private Dictionary<string, string> EnvironmentOf(ExecutionRequest request)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var passed in options.PassEnvironment)
        {
            if (Environment.GetEnvironmentVariable(passed) is { } value && passed != Defaults.TokenVariable)
            {
                environment[passed] = value;
            }
        }

        environment["PATH"] = _searchPath;
        foreach (var (variable, value) in options.Environment)
        {
            environment[variable] = value;
        }

        foreach (var (variable, value) in request.Environment ?? new Dictionary<string, string>())
        {
            if (!options.AllowEnvironment.Any(pattern => Matches(pattern, variable)))
            {
                throw new RefusedException(
                    ErrorCodes.Forbidden, $"'environment.{variable}' is not a variable that profile '{name}' lets a request set.");
            }

            environment[variable] = value;
        }

        return environment;
    }

    private static bool Matches(string pattern, string variable) =>
        pattern.EndsWith(ProfileOptions.Any, StringComparison.Ordinal)
            ? variable.StartsWith(pattern[..^1], StringComparison.Ordinal)
            : pattern == variable;

    private static TimeSpan? Least(double? asked, double? allowed) =>
        (asked ?? allowed) is { } seconds ? TimeSpan.FromSeconds(Math.Min(seconds, allowed ?? double.MaxValue)) : null;

    private static long? Least(long? asked, long? allowed) =>
        (asked ?? allowed) is { } bytes ? Math.Min(bytes, allowed ?? long.MaxValue) : null;
}
