using CcSignal.Execution.Admission;
using CcSignal.Execution.Processes;

namespace CcSignal.Execution.Running;

/// <summary>What is really started: the command, or the profile's wrapper with the command behind its own arguments.</summary>
/// <param name="Path">The executable, an absolute path.</param>
/// <param name="Name">What it finds as its own name.</param>
/// <param name="Arguments">The arguments after the name.</param>
internal sealed record WrappedProgram(string Path, string Name, IReadOnlyList<string> Arguments)
{
    /// <summary>Finds it now, as late as can be; one of the two is set.</summary>
    public static (WrappedProgram? Program, LaunchFailure? Failure) Of(ExecutionPlan plan)
    {
        var (command, missing) = CommandPath.Resolve(plan.Request.Command, plan.WorkingDirectory, plan.SearchPath);
        if (command is null || plan.Wrapper.Count == 0)
        {
            return (command is null ? null : new WrappedProgram(command, plan.Request.Command, plan.Request.Arguments), missing);
        }

        var (wrapper, failure) = CommandPath.Resolve(plan.Wrapper[0], "/", plan.SearchPath);
        return wrapper is null
            ? (null, failure! with { Message = $"The wrapper of profile '{plan.Profile}' cannot be used: {failure.Message}" })
            : (new WrappedProgram(wrapper, plan.Wrapper[0], [.. plan.Wrapper.Skip(1), command, .. plan.Request.Arguments]), null);
    }
}
