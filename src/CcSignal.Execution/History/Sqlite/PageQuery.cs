using System.Linq.Expressions;
using CcSignal.Execution.History.Model;

namespace CcSignal.Execution.History.Sqlite;

/// <summary>
/// A list as queries. One filter drives: its index gives executions in order, newest first; the others are checked on what comes by. Several
/// values of the driving filter are several ranges of its index, each in order.
/// </summary>
internal sealed class PageQuery(HistoryContext context, ListFilter filter)
{
    private bool TagDrives => filter.TagName is not null;

    // Nearly everything has ended: then the states say nothing about where to look.
    private bool StatesDrive => !TagDrives && filter.States.Count > 0 && !filter.States.Contains(StoredState.Ended);

    private bool CausesDrive => !TagDrives && !StatesDrive && filter.Causes.Count > 0;

    private bool OwnerDrives => !TagDrives && !StatesDrive && !CausesDrive && filter.Owner is not null;

    private bool ProfileDrives => !TagDrives && !StatesDrive && !CausesDrive && !OwnerDrives && filter.Profile is not null;

    private bool CommandDrives => !TagDrives && !StatesDrive && !CausesDrive && !OwnerDrives && !ProfileDrives && filter.Command is not null;

    /// <summary>Whether there is more to check than the driving index knows, so that one has to look at more than one finds.</summary>
    public bool IsNarrowed => filter.Command is not null || Checks().Any();

    /// <summary>Asks for the lowest number among the next so many executions; the highest answer counts, and no answer means that there are fewer.</summary>
    public IEnumerable<IQueryable<long>> Floors(long before, int look)
    {
        List<IQueryable<long>> ranges =
            TagDrives ? [Within(Tags(), before, filter.From).Select(t => t.Number)]
            : CommandDrives ? [Within(context.CommandLines, before, filter.From).Select(c => c.Number)]
            : [.. Drivers().Select(driver => Within(context.Executions.Where(driver), before, filter.From).Select(e => e.Number))];
        return ranges.Select(range => range.Skip(Math.Max(0, look / ranges.Count - 1)).Take(1));
    }

    /// <summary>The newest that match, from the floor up.</summary>
    public IQueryable<PageRow> Page(long before, long floor, int count)
    {
        var ranges = Rows(before, Math.Max(floor, filter.From)).Select(rows => Check(rows).Take(count)).ToList();
        var newest = ranges is [var only]
            ? only
            : ranges.Select(rows => rows.Select(e => e.Number)).Aggregate((all, one) => all.Concat(one)).OrderByDescending(n => n).Take(count)
                .Join(context.Executions, n => n, e => e.Number, (n, e) => e);
        return newest.Select(e => new PageRow(e.Number, e.Info, e.State, e.Attempt, e.StartedAt, e.ProcessId));
    }

    private IEnumerable<IQueryable<ExecutionRow>> Rows(long before, long from) =>
        TagDrives ? [Within(Tags(), before, from).Join(context.Executions, t => t.Number, e => e.Number, (t, e) => e)]
        : CommandDrives ? [Within(context.CommandLines.Where(c => c.Text.Contains(filter.Command!)), before, from).Join(context.Executions, c => c.Number, e => e.Number, (c, e) => e)]
        : Drivers().Select(driver => Within(context.Executions.Where(driver), before, from));

    private IQueryable<TagRow> Tags() => filter.TagValue is null
        ? context.Tags.Where(t => t.Name == filter.TagName)
        : context.Tags.Where(t => t.Name == filter.TagName && t.Value == filter.TagValue);

    private IEnumerable<Expression<Func<ExecutionRow, bool>>> Drivers() =>
        StatesDrive ? filter.States.Select(InState)
        : CausesDrive ? filter.Causes.Select(EndedBy)
        : OwnerDrives ? [e => e.Owner == filter.Owner]
        : ProfileDrives ? [e => e.Profile == filter.Profile]
        : [e => true];

    // Keeps the order of the rows, so that the first that pass are the newest.
    private IQueryable<ExecutionRow> Check(IQueryable<ExecutionRow> rows)
    {
        var passing = Checks().Aggregate(rows, (all, check) => all.Where(check));
        return filter.Command is null || CommandDrives
            ? passing
            : passing.Join(context.CommandLines, e => e.Number, c => c.Number, (e, c) => new { e, c }).Where(pair => pair.c.Text.Contains(filter.Command)).Select(pair => pair.e);
    }

    // Every filter but the driving one and the command. The empty text keeps the planner from taking another index than the one the floor was measured on.
    private IEnumerable<Expression<Func<ExecutionRow, bool>>> Checks()
    {
        if (filter.States.Count > 0 && !StatesDrive)
        {
            yield return e => filter.States.Contains(e.State + "");
        }

        if (filter.Causes.Count > 0 && !CausesDrive)
        {
            yield return e => filter.Causes.Contains(e.Cause + "");
        }

        if (filter.Owner is not null && !OwnerDrives)
        {
            yield return e => e.Owner + "" == filter.Owner;
        }

        if (filter.Profile is not null && !ProfileDrives)
        {
            yield return e => e.Profile + "" == filter.Profile;
        }
    }

    private static IQueryable<T> Within<T>(IQueryable<T> rows, long before, long from)
        where T : class, INumbered => rows.Where(row => row.Number < before && row.Number >= from).OrderByDescending(row => row.Number);

    private static Expression<Func<ExecutionRow, bool>> InState(string state) => e => e.State == state;

    private static Expression<Func<ExecutionRow, bool>> EndedBy(string cause) => e => e.Cause == cause;
}
