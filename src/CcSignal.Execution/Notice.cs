namespace CcSignal.Execution;

/// <summary>Something a person should know of an execution.</summary>
/// <param name="Code">One of <see cref="Contracts.NoticeCodes"/>.</param>
/// <param name="Message">A sentence for people.</param>
internal sealed record Notice(string Code, string Message);
