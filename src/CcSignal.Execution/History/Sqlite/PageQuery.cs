using System.Linq.Expressions;
using CcSignal.Execution.History.Model;

namespace CcSignal.Execution.History.Sqlite;

/// <summary>
/// One page of executions as queries. One filter drives: its index gives numbers in order, newest first. The others are checked on what
/// comes by, and a floor bounds how much that is (the scan budget), so that a rare combination costs a short page and not a long wait.
/// </summary>
internal sealed class PageQuery(HistoryContext context, ListFilter filter, int budget)
{
    private bool TagDrives => filter.TagName is not null;

    // Nearly everything has ended: then the states say nothing about where to look.
    private bool StatesDrive => !TagDrives && filter.States.Count > 0 && !filter.States.Contains(StoredState.Ended);

    private bool CausesDrive => !TagDrives && !StatesDrive && filter.Causes.Count > 0;

    private bool OwnerDrives => !TagDrives && !StatesDrive && !CausesDrive && filter.Owner is not null;

    private bool ProfileDrives => !TagDrives && !StatesDrive && !CausesDrive && !OwnerDrives && filter.Profile is not null;

    /// <summary>The lowest number that this page looks at; each is the last of one index range within its part of the budget. Empty: no bound is needed.</summary>
    public IEnumerable<IQueryable<long>> Floors()
    {
        if (!Narrowings().Any())
        {
            return [];
        }

        var ranges = Ranges().ToList();
        return ranges.Select(range => range.OrderByDescending(n => n).Skip(budget / ranges.Count - 1).Take(1));
    }

    /// <summary>The page's executions, from the floor up, and one more where there is one.</summary>
    public IQueryable<PageRow> Page(long floor)
    {
        var ranges = Ranges().Select(range => Narrow(range.Where(n => n >= floor).OrderByDescending(n => n)).Take(filter.Limit + 1)).ToList();
        var newest = ranges is [var only] ? only : ranges.Aggregate((all, one) => all.Concat(one)).OrderByDescending(n => n).Take(filter.Limit + 1);
        return newest
            .Join(context.Executions, n => n, e => e.Number, (n, e) => e)
            .Select(e => new PageRow(e.Number, e.Info, e.State, e.Attempt, e.StartedAt, e.ProcessId));
    }

    // Ranges of the driving index within the page's bounds.
    private IEnumerable<IQueryable<long>> Ranges()
    {
        if (TagDrives)
        {
            var tags = filter.TagValue is null
                ? context.Tags.Where(t => t.Name == filter.TagName)
                : context.Tags.Where(t => t.Name == filter.TagName && t.Value == filter.TagValue);
            return [tags.Select(t => t.Number).Where(InBounds)];
        }

        IEnumerable<Expression<Func<ExecutionRow, bool>>> drivers =
            StatesDrive ? filter.States.Select(Is)
            : CausesDrive ? filter.Causes.Select(EndedBy)
            : OwnerDrives ? [e => e.Owner == filter.Owner]
            : ProfileDrives ? [e => e.Profile == filter.Profile]
            : [e => true];
        return drivers.Select(driver => context.Executions.Where(driver).Select(e => e.Number).Where(InBounds));
    }

    private Expression<Func<long, bool>> InBounds => n => n < filter.Before && n >= filter.From;

    // Keeps the order of the numbers, so that the first that pass are the newest.
    private IQueryable<long> Narrow(IQueryable<long> numbers)
    {
        var checks = Narrowings().ToList();
        return checks.Count == 0
            ? numbers
            : checks.Aggregate(numbers.Join(context.Executions, n => n, e => e.Number, (n, e) => e), (rows, check) => rows.Where(check)).Select(e => e.Number);
    }

    // Every filter but the driving one. The empty text keeps the planner from taking another index than the one the floor was measured on.
    private IEnumerable<Expression<Func<ExecutionRow, bool>>> Narrowings()
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

        if (filter.Command is not null)
        {
            yield return e => e.CommandLine.Contains(filter.Command);
        }
    }

    private static Expression<Func<ExecutionRow, bool>> Is(string state) => e => e.State == state;

    private static Expression<Func<ExecutionRow, bool>> EndedBy(string cause) => e => e.Cause == cause;
}
