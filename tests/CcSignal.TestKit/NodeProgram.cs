using System.Diagnostics;
using System.Reflection;
using CcSignal.Contracts;

namespace CcSignal.TestKit;

/// <summary>
/// Programs of <c>tests/node</c>: Microsoft's JavaScript client against a server. They need node and <c>npm ci</c> in that folder; CCSIGNAL_REQUIRE_NODE=1
/// says that they must be there.
/// </summary>
public static class NodeProgram
{
    private static readonly string Folder = Path.Combine(
        typeof(NodeProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "RepositoryRoot").Value!, "tests", "node");

    /// <summary>Whether there is one to run.</summary>
    /// <exception cref="InvalidOperationException">There is none and there must be.</exception>
    public static bool IsThere => Find() is not null;

    /// <summary>Runs it to its end, and returns its exit code and what it printed to standard output.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(Uri server, string protocol, string[] words, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Find()!, words) { WorkingDirectory = Folder, RedirectStandardOutput = true };
        start.Environment["NO_COLOR"] = "1";
        start.Environment["CCSIGNAL_PROTOCOL"] = protocol;
        start.Environment["CCSIGNAL_CHILD"] = Child.Path;
        start.Environment["DOTNET_ROOT"] = Child.DotnetRoot;
        start.Environment[Defaults.UrlVariable] = server.ToString().TrimEnd('/');
        start.Environment[Defaults.TokenVariable] = TestServer.Token;
        using var process = Process.Start(start)!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, output);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    private static string? Find()
    {
        var node = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(directory => Path.Combine(directory, OperatingSystem.IsWindows() ? "node.exe" : "node"))
            .FirstOrDefault(File.Exists);
        if (node is not null && Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            return node;
        }

        return Environment.GetEnvironmentVariable("CCSIGNAL_REQUIRE_NODE") == "1"
            ? throw new InvalidOperationException($"node, or node_modules in '{Folder}', is missing, and CCSIGNAL_REQUIRE_NODE=1 demands them.")
            : null;
    }
}
