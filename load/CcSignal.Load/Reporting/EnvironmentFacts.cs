using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using CcSignal.Client;
using CcSignal.Contracts;
using CcSignal.Load.CommandLine;
using CcSignal.Load.Reporting.Model;

namespace CcSignal.Load.Reporting;

/// <summary>Where and with what was measured.</summary>
internal static class EnvironmentFacts
{
    public static IEnumerable<Fact> Of(RunOptions options, ServerInfo? server, bool isOwn, bool isSameMachine)
    {
        yield return new("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}");
        yield return new("cores", Words.Say($"{Environment.ProcessorCount}"));
        yield return new("memory", Words.Say($"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20} MiB"));
        yield return new("runtime", RuntimeInformation.FrameworkDescription);
        yield return new("build", Machine.IsOptimized ? "Release" : "Debug: its times say nothing");
        yield return new("client", $"CcSignal {Machine.Version}");
        yield return new("server", server is null ? "not described" : $"CcSignal {server.Version}, {(isOwn ? "started by this run" : "given")}");
        yield return new("launcher", server is null ? "not described" : Words.Say($"{server.Features.Launcher}, control groups {server.Features.Cgroup}, keeper {server.Features.Keeper}"));
        yield return new("transport", $"WebSockets, hub protocol {NameOf(options.Format)}");
        yield return new("configuration", server is null ? "not described" : $"sha256 {HashOf(server)}");
        yield return new("machine", isSameMachine ? "server, commands and this client on one" : "server elsewhere");
        yield return new("data", $"{Path.GetTempPath()} ({Machine.FileSystemOf(Path.GetTempPath())})");
        yield return new("load average", $"{Machine.LoadAverage()} at the end");
        yield return new("command line", options.Said);
        yield return new("seed", Words.Say($"{options.Seed}"));
    }

    public static string NameOf(WireFormat format) => format == WireFormat.Json ? "json" : "messagepack";

    // What the server says that it allows and has in force.
    private static string HashOf(ServerInfo server)
    {
        object[] configuration = [server.Limits, server.Features, server.Profiles];
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(configuration, WireJson.Options)))[..16];
    }
}
