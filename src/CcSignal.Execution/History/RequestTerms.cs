using CcSignal.Contracts;

namespace CcSignal.Execution.History;

/// <summary>The part of a request that stays while its execution runs: clocks and limits. The environment never does, the rest stands in the info.</summary>
internal static class RequestTerms
{
    private static readonly Dictionary<string, string> Forgotten = [];

    /// <summary>What to keep of a request. Where it had an environment, an empty one stands for it.</summary>
    public static ExecutionRequest Of(ExecutionRequest request) => request with
    {
        Id = null,
        Command = "",
        Arguments = [],
        Environment = request.Environment is { Count: > 0 } ? Forgotten : null,
        Tags = null,
    };

    /// <summary>Whether a restored request is all of what was asked for.</summary>
    public static bool IsWhole(ExecutionRequest restored) => restored.Environment is null;

    /// <summary>The request again, without its environment.</summary>
    public static ExecutionRequest Restore(ExecutionRequest terms, ExecutionInfo info) =>
        terms with { Id = info.Id, Command = info.Command, Arguments = info.Arguments, Tags = info.Tags };
}
