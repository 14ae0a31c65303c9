using CcSignal.Contracts;

namespace CcSignal.Execution.History;

/// <summary>The part of a request that stays while its execution runs: clocks and limits. The environment never does, the rest stands in the info.</summary>
internal static class RequestTerms
{
    /// <summary>What to keep of a request.</summary>
    public static ExecutionRequest Of(ExecutionRequest request) =>
        request with { Id = null, Command = "", Arguments = [], Environment = null, Tags = null };

    /// <summary>The request again, without its environment.</summary>
    public static ExecutionRequest Restore(ExecutionRequest terms, ExecutionInfo info) =>
        terms with { Id = info.Id, Command = info.Command, Arguments = info.Arguments, Tags = info.Tags };
}
