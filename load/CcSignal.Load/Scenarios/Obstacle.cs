namespace CcSignal.Load.Scenarios;

/// <summary>Why a scenario is not run: what it needs is not here.</summary>
internal sealed record Obstacle(string Reason)
{
    public static Obstacle? NeedsLinux => OperatingSystem.IsLinux() ? null : new("it needs Linux's /proc");

    public static Obstacle? NeedsOwnServer(Runs.Bench bench) => bench.Own is null ? new("it kills the server, which it does only to one of its own") : NeedsLinux;

    public static Obstacle? NeedsProgram(string path) => File.Exists(path) ? null : new($"there is no {path} here");
}
