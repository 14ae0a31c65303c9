using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CcSignal.Architecture.Tests;

/// <summary>The sources as they lie on disk: which project refers to which, and which namespace of a folder uses which other.</summary>
internal static partial class RepositoryTree
{
    private static readonly string Root = typeof(RepositoryTree).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "RepositoryRoot").Value!;

    /// <summary>The projects under these folders by name, each with the names of those it refers to.</summary>
    public static IReadOnlyDictionary<string, string[]> ProjectReferences(params string[] folders) =>
        folders.Select(folder => Path.Combine(Root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj", SearchOption.AllDirectories))
            .ToDictionary(
                file => Path.GetFileNameWithoutExtension(file),
                file => XDocument.Load(file).Descendants("ProjectReference")
                    .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
                    .Order(StringComparer.Ordinal)
                    .ToArray());

    /// <summary>
    /// For each folder of a project: the folders beside it whose namespace its sources name, each with the files that do.
    /// </summary>
    public static Dictionary<string, Dictionary<string, string[]>> UsesBetweenFolders(string project)
    {
        var folder = Path.Combine(Root, "src", project);
        var stages = Directory.GetDirectories(folder).Select(Path.GetFileName).OfType<string>()
            .Except(["bin", "obj", "Properties", "wwwroot"], StringComparer.Ordinal)
            .ToArray();
        return stages.ToDictionary(stage => stage, stage => UsesOf(project, Path.Combine(folder, stage), stages.Where(other => other != stage)));
    }

    private static Dictionary<string, string[]> UsesOf(string project, string folder, IEnumerable<string> others)
    {
        var sources = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(Root, file), file => Comment().Replace(File.ReadAllText(file), ""));
        return others
            .Select(other => (other, files: sources.Where(source => Names(source.Value, project, other)).Select(source => source.Key).Order().ToArray()))
            .Where(use => use.files.Length > 0)
            .ToDictionary(use => use.other, use => use.files);
    }

    /// <summary>The whole namespace, or its last word before the name of a type that lies there (one type per file).</summary>
    private static bool Names(string source, string project, string folder)
    {
        var types = Directory.EnumerateFiles(Path.Combine(Root, "src", project, folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => Regex.Escape(Path.GetFileNameWithoutExtension(file)));
        return Regex.IsMatch(source, $@"\b{Regex.Escape(project)}\.{folder}\b|(?<![\w.]){folder}\.({string.Join('|', types)})\b");
    }

    [GeneratedRegex(@"//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();
}
