namespace CcSignal.Contracts;

/// <summary>A place in a recording, with its text.</summary>
/// <param name="Stream">Which stream.</param>
/// <param name="Offset">Of its first byte in that stream.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Text">The bytes as text, at most <see cref="Limits.MaxEvidenceBytes"/> bytes.</param>
public sealed record Evidence(OutputStream Stream, long Offset, int Length, string Text);
