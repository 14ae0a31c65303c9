using System.Data.Common;
using System.Text.RegularExpressions;
using CcSignal.Contracts;
using CcSignal.Execution.History;
using CcSignal.Execution.History.Sqlite;
using Microsoft.Data.Sqlite;

namespace CcSignal.Execution.Tests.History;

/// <summary>What SQLite says it will do (EXPLAIN QUERY PLAN). It plans without statistics, so an empty file plans as a full one does.</summary>
public sealed partial class ListPlanTests(ITestOutputHelper output)
{
    public static TheoryData<string, ExecutionQuery, string> Filters => new()
    {
        { "nothing", new(), "INTEGER PRIMARY KEY" },
        { "time", new() { Since = 1_740_000_000_000, Until = 1_750_000_000_000 }, "INTEGER PRIMARY KEY" },
        { "owner", new() { Owner = "anna" }, "ix_executions_owner_number" },
        { "profile", new() { Profile = "agents" }, "ix_executions_profile_number" },
        { "active", new() { States = [ExecutionState.Queued, ExecutionState.Running] }, "ix_executions_state_number" },
        { "ended", new() { States = [ExecutionState.Ended] }, "INTEGER PRIMARY KEY" },
        { "cause", new() { Causes = [EndCause.Lost] }, "ix_executions_cause_number" },
        { "causes", new() { Causes = [EndCause.Lost, EndCause.Abandoned] }, "ix_executions_cause_number" },
        { "tag", new() { Tag = "branch" }, "ix_tags_name_number" },
        { "tag and value", new() { Tag = "branch=main" }, "PRIMARY KEY (name=? AND value=? AND number" },
        { "command", new() { Command = "make" }, "SEARCH d USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)" },
        { "command of an owner", new() { Owner = "anna", Command = "make" }, "ix_executions_owner_number" },
        { "active of an owner", new() { Owner = "anna", States = [ExecutionState.Running] }, "ix_executions_state_number" },
        { "cause of an owner", new() { Owner = "anna", Causes = [EndCause.Lost] }, "ix_executions_cause_number" },
        { "profile of an owner", new() { Owner = "anna", Profile = "agents" }, "ix_executions_owner_number" },
        { "everything", new() { Owner = "anna", Profile = "agents", States = [ExecutionState.Running], Causes = [EndCause.Lost], Tag = "a=b", Command = "x" }, "PRIMARY KEY (name=? AND value=? AND number" },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task A_filter_goes_by_its_index_and_sorts_nothing_but_a_page(string name, ExecutionQuery query, string index)
    {
        await using var history = new TemporaryHistory();
        await history.OpenAsync();
        await using var connection = new SqliteConnection($"Data Source={history.DatabaseFile};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var plans = new List<string>();

        foreach (var text in PageQuery.WaysTo(ListFilter.Of(query, null)).SelectMany(way => way.Floors(1L << 60, 500).Append(way.Page(1L << 60, 1, 51))))
        {
            using var command = text.On(connection);
            var plan = Explain(command);
            output.WriteLine($"{name}\n{command.CommandText}\n{plan}");
            plans.Add(plan);
            Tables().Matches(command.CommandText).ShouldAllBe(table => !Regex.IsMatch(plan, $@"\bSCAN {table.Groups[1].Value}\b"));
            // What is sorted is a page that was cut off before: numbers come out of an index in order.
            var sort = plan.IndexOf("TEMP B-TREE", StringComparison.Ordinal);
            (sort < 0 || sort > plan.IndexOf("SCAN", StringComparison.Ordinal)).ShouldBeTrue(plan);
        }

        plans.ShouldContain(plan => plan.Contains(index, StringComparison.Ordinal));
    }

    [GeneratedRegex("(?:executions|tags|command_lines|queue) AS (\\w+)")]
    private static partial Regex Tables();

    private static string Explain(DbCommand command)
    {
        command.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
        using var rows = command.ExecuteReader();
        var plan = new List<string>();
        while (rows.Read())
        {
            plan.Add(rows.GetString(3));
        }

        return string.Join('\n', plan);
    }
}
