namespace CcSignal.Load.Engine.Running;

/// <summary>Ends an iteration whose step has failed; the step is counted already.</summary>
internal sealed class StepFailedException(IResponse response) : Exception("A step has failed.")
{
    public IResponse Response { get; } = response;
}
