namespace CcSignal.Load.Reporting.Model;

/// <summary>One figure of each subject.</summary>
/// <param name="Id">As in the names of figures.</param>
/// <param name="Name">What was measured.</param>
/// <param name="Unit">In what.</param>
/// <param name="IsHigherBetter">Whether more of it is better.</param>
/// <param name="Cells">Who has nothing to measure there has no cell.</param>
internal sealed record ComparisonRow(string Id, string Name, string Unit, bool IsHigherBetter, IReadOnlyList<ComparisonCell> Cells)
{
    public ComparisonCell? Of(string subject) => Cells.FirstOrDefault(cell => cell.Subject == subject);
}
