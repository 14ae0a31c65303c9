namespace CcSignal.Load.Reporting.Model;

/// <summary>The same work through several subjects, in turns in one run.</summary>
/// <param name="Rounds">How many rounds stand behind each figure.</param>
/// <param name="Subjects">Who was compared; the first is ours.</param>
/// <param name="Rows">What was compared.</param>
/// <param name="Skipped">Who could not take part, and why.</param>
internal sealed record ComparisonTable(int Rounds, IReadOnlyList<string> Subjects, IReadOnlyList<ComparisonRow> Rows, IReadOnlyList<string> Skipped);
