namespace CcSignal.Execution.Tests.Processes;

/// <summary>Engines whose trees are held together as a test wants it.</summary>
internal static class Trees
{
    /// <summary>Skips the test where there are no writable control groups, or no Linux at all.</summary>
    public static async Task<Engine> StartAsync(string groups, params (string, string)[] settings)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Trees are found on Linux.");
        var engine = await Engine.StartAsync("linux", [("CcSignal:Processes:ControlGroups", groups == "v2" ? "auto" : groups), .. settings]);
        if (groups == "v2" && engine.Service.Describe(Engine.Admin).Features.Cgroup != "v2")
        {
            await engine.DisposeAsync();
            Assert.Skip("There are no writable control groups here.");
        }

        return engine;
    }
}
