using System.Reflection;

namespace CcSignal.Load;

/// <summary>The executables that were built with this one.</summary>
internal static class Programs
{
    public static string Server { get; } = Built("Server");

    public static string Child { get; } = Built("Child");

    /// <summary>The path of an installed program, or null; some lie where only root looks.</summary>
    public static string? Installed(string name, params IEnumerable<string> elsewhere) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(elsewhere)
            .Select(directory => Path.Combine(directory, name))
            .FirstOrDefault(File.Exists);

    private static string Built(string name) =>
        typeof(Programs).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == name).Value!;
}
