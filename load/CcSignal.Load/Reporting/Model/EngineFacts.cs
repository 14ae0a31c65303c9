namespace CcSignal.Load.Reporting.Model;

/// <summary>The engine that ran.</summary>
internal sealed record EngineFacts(string Name, string Assembly, string Version);
