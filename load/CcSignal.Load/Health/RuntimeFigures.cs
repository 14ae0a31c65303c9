namespace CcSignal.Load.Health;

/// <summary>What a .NET runtime says of itself, of one second.</summary>
/// <param name="Collections">Of all generations.</param>
/// <param name="PauseMs">For how long they stopped it.</param>
/// <param name="HeapMb">Its managed heap.</param>
/// <param name="Queue">Work items that wait for its thread pool.</param>
internal sealed record RuntimeFigures(double Collections, double PauseMs, double HeapMb, double Queue);
