using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace CcSignal.Execution.Tests.Processes;

/// <summary>The launchers that a test runs against: each that this system has.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EveryLauncherAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        string[] launchers = OperatingSystem.IsLinux() ? ["linux", "portable"] : ["portable"];
        return ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>([.. launchers.Select(launcher => new TheoryDataRow<string>(launcher))]);
    }

    public override bool SupportsDiscoveryEnumeration() => true;
}
