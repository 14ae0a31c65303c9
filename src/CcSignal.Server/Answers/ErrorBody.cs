namespace CcSignal.Server.Answers;

/// <summary>The body of every HTTP answer that is an error.</summary>
/// <param name="Code">One of <see cref="Contracts.ErrorCodes"/>.</param>
/// <param name="Message">A sentence for people.</param>
internal sealed record ErrorBody(string Code, string Message);
