using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace CcSignal.Execution.Tests.Processes;

/// <summary>How a tree is held together in a test: by control groups, and by search alone. Linux only.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EveryTreeAttribute(params string[] creatures) : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        var rows =
            from groups in (string[])["v2", "none"]
            from creature in creatures.DefaultIfEmpty()
            select creature is null ? new TheoryDataRow<string>(groups) : (ITheoryDataRow)new TheoryDataRow<string, string>(groups, creature);
        return ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>([.. rows]);
    }

    public override bool SupportsDiscoveryEnumeration() => true;
}
