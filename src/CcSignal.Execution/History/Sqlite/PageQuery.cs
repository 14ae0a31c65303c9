namespace CcSignal.Execution.History.Sqlite;

/// <summary>
/// A list as statements. One filter drives: its index gives executions in order, newest first; the others are checked on what comes by. Several
/// values of the driving filter are several ranges of its index, each in order. Which filter drives best depends on what is in the history.
/// </summary>
internal sealed class PageQuery
{
    public const string Columns = "e.number, e.info, e.state, e.attempt, e.started_at, e.process_id";

    private readonly ListFilter _filter;
    private readonly IReadOnlyList<Range> _ranges;
    private readonly Driver _driver;

    private PageQuery(ListFilter filter, Driver driver)
    {
        (_filter, _driver) = (filter, driver);
        _ranges = _driver switch
        {
            Driver.Tag => [new("tags AS d", filter.TagValue is null ? "d.name = ?" : "d.name = ? AND d.value = ?", filter.TagValue is null ? [filter.TagName!] : [filter.TagName!, filter.TagValue])],
            Driver.States => [.. filter.States.Select(state => new Range("executions AS d", "d.state = ?", [state]))],
            Driver.Causes => [.. filter.Causes.Select(cause => new Range("executions AS d", "d.cause = ?", [cause]))],
            Driver.Owner => [new("executions AS d", "d.owner = ?", [filter.Owner!])],
            Driver.Profile => [new("executions AS d", "d.profile = ?", [filter.Profile!])],
            Driver.Command => [new("command_lines AS d", "instr(d.text, ?) > 0", [filter.Command!])],
            _ => [new("executions AS d", "1", [])],
        };
    }

    /// <summary>Every way to it: the same list, driven by one filter or another. Best is the one whose next so many executions reach furthest back.</summary>
    public static IReadOnlyList<PageQuery> WaysTo(ListFilter filter)
    {
        var drivers = new List<Driver>();
        if (filter.States.Count > 0 && !filter.States.Contains(StoredState.Ended))
        {
            drivers.Add(Driver.States);
        }

        if (filter.TagName is not null)
        {
            drivers.Add(Driver.Tag);
        }

        if (filter.Causes.Count > 0)
        {
            drivers.Add(Driver.Causes);
        }

        if (filter.Owner is not null)
        {
            drivers.Add(Driver.Owner);
        }

        if (filter.Profile is not null)
        {
            drivers.Add(Driver.Profile);
        }

        if (drivers.Count == 0)
        {
            drivers.Add(filter.Command is null ? Driver.Number : Driver.Command);
        }

        return [.. drivers.Select(driver => new PageQuery(filter, driver))];
    }

    /// <summary>Whether there is more to check than the driving index knows, so that one has to look at more than one finds.</summary>
    public bool IsNarrowed => HasChecks || _filter.Command is not null || (_filter.TagName is not null && _driver != Driver.Tag);

    /// <summary>Asks for the lowest number among the next so many executions; the highest answer counts, and no answer means that there are fewer.</summary>
    public IEnumerable<SqlText> Floors(long before, int look) => _ranges.Select(range =>
    {
        // A command is what is looked for in the lines, not a range of them.
        var (condition, values) = _driver == Driver.Command ? ("1", Array.Empty<object>()) : (range.Condition, range.Values);
        return new SqlText()
            .Add($"SELECT d.number FROM {range.Table} WHERE ").Add(condition, values)
            .Add(" AND d.number < ? AND d.number >= ? ORDER BY d.number DESC LIMIT 1 OFFSET ?", before, _filter.From, Math.Max(0, look / _ranges.Count - 1));
    });

    /// <summary>The newest that match, from the floor up.</summary>
    public SqlText Page(long before, long floor, int count)
    {
        var page = new SqlText().Add($"SELECT {Columns} FROM (");
        page.AddEach(_ranges, " UNION ALL ", (text, range) => Numbers(text, range, before, Math.Max(floor, _filter.From), count));
        return page.Add(") AS p CROSS JOIN executions AS e ON e.number = p.number ORDER BY p.number DESC LIMIT ?", count);
    }

    // The order of the joins is said (CROSS JOIN), and an empty text keeps the planner from another index than the one the floor was measured on.
    private void Numbers(SqlText text, Range range, long before, long from, int count)
    {
        text.Add($"SELECT number FROM (SELECT d.number FROM {range.Table}");
        var checksExecution = range.Table.StartsWith("executions", StringComparison.Ordinal) ? "d" : "c";
        if (checksExecution == "c" && HasChecks)
        {
            text.Add(" CROSS JOIN executions AS c ON c.number = d.number");
        }

        if (_filter.Command is not null && _driver != Driver.Command)
        {
            text.Add(" CROSS JOIN command_lines AS l ON l.number = d.number");
        }

        text.Add(" WHERE ").Add(range.Condition, range.Values).Add(" AND d.number < ? AND d.number >= ?", before, from);
        Checks(text, checksExecution);
        text.Add(" ORDER BY d.number DESC LIMIT ?)", count);
    }

    private bool HasChecks =>
        (_filter.States.Count > 0 && _driver != Driver.States) || (_filter.Causes.Count > 0 && _driver != Driver.Causes)
        || (_filter.Owner is not null && _driver != Driver.Owner) || (_filter.Profile is not null && _driver != Driver.Profile);

    // Every filter but the driving one.
    private void Checks(SqlText text, string execution)
    {
        if (_filter.Owner is { } owner && _driver != Driver.Owner)
        {
            text.Add($" AND {execution}.owner || '' = ?", owner);
        }

        if (_filter.Profile is { } profile && _driver != Driver.Profile)
        {
            text.Add($" AND {execution}.profile || '' = ?", profile);
        }

        if (_filter.Causes.Count > 0 && _driver != Driver.Causes)
        {
            text.Add($" AND {execution}.cause || '' IN (").AddEach(_filter.Causes, ", ", (t, cause) => t.Add("?", cause)).Add(")");
        }

        if (_filter.States.Count > 0 && _driver != Driver.States)
        {
            text.Add($" AND {execution}.state || '' IN (").AddEach(_filter.States, ", ", (t, state) => t.Add("?", state)).Add(")");
        }

        if (_filter.TagName is { } name && _driver != Driver.Tag)
        {
            text.Add(" AND EXISTS (SELECT 1 FROM tags AS t WHERE t.name = ?", name);
            if (_filter.TagValue is { } value)
            {
                text.Add(" AND t.value = ?", value);
            }

            text.Add(" AND t.number = d.number)");
        }

        if (_filter.Command is { } command && _driver != Driver.Command)
        {
            text.Add(" AND instr(l.text, ?) > 0", command);
        }
    }

    private enum Driver
    {
        Number,
        Tag,
        States,
        Causes,
        Owner,
        Profile,
        Command,
    }

    private sealed record Range(string Table, string Condition, object[] Values);
}
