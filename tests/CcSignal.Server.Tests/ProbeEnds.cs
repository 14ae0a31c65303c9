namespace CcSignal.Server.Tests;

/// <summary>Where a test hears that the server has let go of a stream.</summary>
internal sealed class ProbeEnds
{
    public TaskCompletionSource Flood { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
