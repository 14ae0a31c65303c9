using CcSignal.Load.Engine.Running;

namespace CcSignal.Load.Engine;

/// <summary>Measures parts of an iteration.</summary>
public static class Step
{
    /// <summary>Runs and measures a part. One that fails ends the iteration, unless the scenario says otherwise.</summary>
    public static Task<Response<T>> Run<T>(string name, IScenarioContext context, Func<Task<Response<T>>> run)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(run);
        return context is Copy copy
            ? copy.RunStepAsync(name, run)
            : throw new ArgumentException("A step needs the context that its iteration was given.", nameof(context));
    }
}
