using CcSignal.Contracts;

namespace CcSignal.TestKit;

/// <summary>What every server of the tests is told.</summary>
internal static class TestConfiguration
{
    public static Dictionary<string, string?> For(
        string dataDirectory, string workingDirectory, NoProcessLeft processes, string token, IEnumerable<(string Key, string Value)> settings)
    {
        const string profile = "CcSignal:Profiles:" + Defaults.Profile;
        var configuration = new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            [Defaults.TokenVariable] = token,
            ["CcSignal:DataDirectory"] = dataDirectory,
            ["Serilog:WriteTo:Console:Args:restrictedToMinimumLevel"] = "Fatal",
            [$"{profile}:Commands:0"] = "*",
            [$"{profile}:Roots:0"] = "/",
            [$"{profile}:WorkingDirectory"] = workingDirectory,
            [$"{profile}:AllowEnvironment:0"] = "*",
            [$"{profile}:Environment:{NoProcessLeft.Variable}"] = processes.Cookie,
            [$"{profile}:Environment:DOTNET_ROOT"] = Child.DotnetRoot,
            [$"{profile}:StopGraceSeconds"] = "2",
        };
        foreach (var (key, value) in settings)
        {
            configuration[key] = value;
        }

        return configuration;
    }
}
