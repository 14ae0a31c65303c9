using System.Text;
using System.Text.RegularExpressions;
using CcSignal.Contracts;
using CcSignal.Execution.Processes;

namespace CcSignal.Execution.Admission;

/// <summary>The contract's rules of a request, whatever the profile. Each refusal names the field, the rule and what was found.</summary>
internal static partial class RequestRules
{
    private const int MaxTerminalSide = 65_535;
    private const int MaxPriority = 10;

    /// <summary>Returns the request if it keeps them.</summary>
    /// <exception cref="RefusedException"><c>invalid_request</c>, or <c>unavailable</c> for what this server cannot do.</exception>
    public static ExecutionRequest Check(ExecutionRequest? request)
    {
        Demand(request is not null, "The request is missing: send a record with at least 'command'.");
        Demand(!string.IsNullOrEmpty(request!.Command), "'command' is missing: name an executable.");
        CheckText("command", request.Command);
        CheckId(request.Id);
        CheckText("profile", request.Profile);
        CheckText("workingDirectory", request.WorkingDirectory);
        Demand(
            request.WorkingDirectory is null || Path.IsPathRooted(request.WorkingDirectory),
            $"'workingDirectory' must be an absolute path, '{request.WorkingDirectory}' is not.");
        CheckArguments(request.Arguments);
        CheckEnvironment(request.Environment);
        CheckTags(request.Tags);
        CheckNumbers(request);
        CheckText("exclusiveKey", request.ExclusiveKey);
        Demand(
            request.ExclusiveKey is null or { Length: > 0 and <= Limits.MaxExclusiveKeyLength },
            $"'exclusiveKey' must have 1 to {Limits.MaxExclusiveKeyLength} characters.");
        CheckAvailable(request);
        return request;
    }

    /// <summary>Checks an id that a client chose or asks for.</summary>
    public static void CheckId(string? id) =>
        Demand(id is null || Id().IsMatch(id), $"'id' must be 1 to {Limits.MaxIdLength} of A-Z a-z 0-9 _ -.");

    /// <summary>Checks the size of a terminal.</summary>
    public static void CheckTerminal(TerminalSize? size) =>
        Demand(
            size is null or { Columns: >= 1 and <= MaxTerminalSide, Rows: >= 1 and <= MaxTerminalSide },
            $"'terminal' must have 1 to {MaxTerminalSide} columns and rows.");

    private static void CheckArguments(IReadOnlyList<string>? arguments)
    {
        Demand(arguments is not null, "'arguments' must be a list, perhaps empty.");
        Demand(
            arguments!.Count <= Limits.MaxArguments,
            $"'arguments' has {arguments.Count} entries; at most {Limits.MaxArguments} are taken. Longer prompts go through the input.");
        long total = 0;
        for (var i = 0; i < arguments.Count; i++)
        {
            Demand(arguments[i] is not null, $"'arguments[{i}]' is null.");
            CheckText($"arguments[{i}]", arguments[i]);
            var bytes = Encoding.UTF8.GetByteCount(arguments[i]);
            Demand(
                bytes < Limits.MaxArgumentBytes,
                $"'arguments[{i}]' has {bytes} bytes; one argument must have fewer than {Limits.MaxArgumentBytes}, the kernel's limit.");
            total += bytes;
        }

        Demand(
            total <= Limits.MaxArgumentsBytes,
            $"'arguments' have {total} bytes together; at most {Limits.MaxArgumentsBytes} are taken. Longer prompts go through the input.");
    }

    private static void CheckEnvironment(IReadOnlyDictionary<string, string>? environment)
    {
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            Demand(
                name.Length > 0 && !name.Contains('=', StringComparison.Ordinal),
                "'environment' has a name that is empty or holds '='.");
            Demand(name != ProcessCookie.Variable, $"'environment.{ProcessCookie.Variable}' is the server's own mark of the command: leave it out.");
            CheckText("environment", name);
            Demand(value is not null, $"'environment.{name}' is null.");
            CheckText($"environment.{name}", value);
        }
    }

    private static void CheckTags(IReadOnlyDictionary<string, string>? tags)
    {
        Demand(tags is null || tags.Count <= Limits.MaxTags, $"'tags' has {tags?.Count} entries; at most {Limits.MaxTags} are taken.");
        foreach (var (name, value) in tags ?? new Dictionary<string, string>())
        {
            Demand(
                name.Length is > 0 and <= Limits.MaxTagNameLength && !name.Contains('=', StringComparison.Ordinal),
                $"'tags' has a name of {name.Length} characters or with '='; 1 to {Limits.MaxTagNameLength} without '=' are taken.");
            Demand(
                value is { Length: <= Limits.MaxTagValueLength },
                $"'tags.{name}' must be text of at most {Limits.MaxTagValueLength} characters.");
            CheckText("tags", name);
            CheckText($"tags.{name}", value);
        }
    }

    private static void CheckNumbers(ExecutionRequest request)
    {
        CheckSeconds("timeoutSeconds", request.TimeoutSeconds);
        CheckSeconds("idleTimeoutSeconds", request.IdleTimeoutSeconds);
        CheckSeconds("queueTimeoutSeconds", request.QueueTimeoutSeconds);
        CheckSeconds("abandonAfterSeconds", request.AbandonAfterSeconds);
        Demand(
            request.StopGraceSeconds is null or (>= 0 and <= MaxSeconds),
            $"'stopGraceSeconds' must be 0 to {MaxSeconds}.");
        Demand(request.MaxOutputBytes is null or >= 1, "'maxOutputBytes' must be 1 or more.");
        Demand(
            request.Priority is >= -MaxPriority and <= MaxPriority,
            $"'priority' must be -{MaxPriority} to {MaxPriority}, not {request.Priority}.");
        CheckTerminal(request.Terminal);
        CheckLimits(request.Limits ?? new ResourceLimits());
        Demand(request.Retry is null or { MaxAttempts: >= 1, Causes: not null }, "'retry' must have 'maxAttempts' of 1 or more, and 'causes'.");
    }

    private static void CheckLimits(ResourceLimits limits)
    {
        Demand(limits.MemoryBytes is null or >= MinMemoryBytes, $"'limits.memoryBytes' must be {MinMemoryBytes} or more.");
        Demand(limits.Processes is null or >= 1, "'limits.processes' must be 1 or more.");
        Demand(limits.OpenFiles is null or >= MinOpenFiles, $"'limits.openFiles' must be {MinOpenFiles} or more: a command begins with so many.");
        CheckSeconds("limits.cpuSeconds", limits.CpuSeconds);
    }

    private const long MinMemoryBytes = 1024 * 1024;
    private const int MinOpenFiles = 3;

    // A year, and far below what a timer can hold. NaN fails both comparisons.
    private const double MaxSeconds = 31_536_000;

    private static void CheckSeconds(string field, double? seconds) =>
        Demand(seconds is null or (>= 0.001 and <= MaxSeconds), $"'{field}' must be 0.001 to {MaxSeconds}.");

    // What is accepted is done: a field this server cannot honour is refused, never ignored.
    private static void CheckAvailable(ExecutionRequest request)
    {
        Available(request.Retry is null or { MaxAttempts: 1 }, "retry");

        static void Available(bool available, string field)
        {
            if (!available)
            {
                throw new RefusedException(
                    ErrorCodes.Unavailable, $"This server cannot honour '{field}' (see 'features' of Describe): leave it out.");
            }
        }
    }

    // Text that the system or another reader would cut or change: NUL ends a C string, half a surrogate pair has no UTF-8.
    private static void CheckText(string field, string? text)
    {
        Demand(text is null || !text.Contains('\0', StringComparison.Ordinal), $"'{field}' holds a NUL, which no command can receive.");
        for (var i = 0; i < text?.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                Demand(
                    char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]),
                    $"'{field}' is not valid Unicode: half a surrogate pair at {i}.");
                i++;
            }
        }
    }

    private static void Demand(bool kept, string message)
    {
        if (!kept)
        {
            throw new RefusedException(ErrorCodes.InvalidRequest, message);
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex Id();
}
