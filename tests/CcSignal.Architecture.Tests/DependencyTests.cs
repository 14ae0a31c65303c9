namespace CcSignal.Architecture.Tests;

/// <summary>Keeps the direction of docs and design: Contracts, Keeper ← Execution ← Server; Contracts ← MessagePack ← Server, Client; Client ← Cli, load.</summary>
public sealed class DependencyTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["CcSignal.Contracts"] = [],
        ["CcSignal.MessagePack"] = ["CcSignal.Contracts"],
        ["CcSignal.Keeper"] = [],
        ["CcSignal.Execution"] = ["CcSignal.Contracts", "CcSignal.Keeper"],
        ["CcSignal.Server"] = ["CcSignal.Contracts", "CcSignal.Execution", "CcSignal.Keeper", "CcSignal.MessagePack"],
        ["CcSignal.Client"] = ["CcSignal.Contracts", "CcSignal.MessagePack"],
        ["CcSignal.Cli"] = ["CcSignal.Client", "CcSignal.Contracts"],
        ["CcSignal.Load.Measuring"] = [],
        ["CcSignal.Load.Engine"] = ["CcSignal.Load.Measuring"],
        ["CcSignal.Load.Faults"] = [],
        ["CcSignal.Load"] = ["CcSignal.Client", "CcSignal.Contracts", "CcSignal.Load.Engine", "CcSignal.Load.Faults", "CcSignal.Load.Measuring"],
    };

    /// <summary>Programs that a project starts: the reference only lays them beside it, no type of theirs is seen.</summary>
    private static readonly Dictionary<string, string[]> Started = new()
    {
        ["CcSignal.Load"] = ["CcSignal.Server", "CcSignal.Child"],
    };

    [Fact]
    public void Projects_depend_in_one_direction()
    {
        var wrong =
            from project in RepositoryTree.ProjectReferences("src", "load")
            from reference in project.Value
            where !Allowed.GetValueOrDefault(project.Key, []).Contains(reference)
               && !Started.GetValueOrDefault(project.Key, []).Contains(reference)
            select $"{project.Key} refers to {reference}; it may refer to: {string.Join(", ", Allowed.GetValueOrDefault(project.Key, []))}";

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Every_project_has_its_place_in_the_direction() =>
        RepositoryTree.ProjectReferences("src", "load").Keys.Except(Allowed.Keys).ShouldBeEmpty();

    [Theory]
    [InlineData("CcSignal.MessagePack")]
    [InlineData("CcSignal.Keeper")]
    [InlineData("CcSignal.Execution")]
    [InlineData("CcSignal.Server")]
    [InlineData("CcSignal.Client")]
    public void No_two_folders_use_each_other(string project)
    {
        var uses = RepositoryTree.UsesBetweenFolders(project);

        var both =
            from one in uses
            from other in one.Value
            where string.CompareOrdinal(one.Key, other.Key) < 0 && uses[other.Key].ContainsKey(one.Key)
            select $"{one.Key} uses {other.Key} in {string.Join(", ", other.Value)}, and {other.Key} uses {one.Key} in {string.Join(", ", uses[other.Key][one.Key])}";

        both.ShouldBeEmpty();
    }
}
