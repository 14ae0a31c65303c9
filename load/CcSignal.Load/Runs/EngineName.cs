using System.Reflection;
using CcSignal.Load.Reporting.Model;

namespace CcSignal.Load.Runs;

/// <summary>Which engine the words of the scenarios are; told by the assembly they come from.</summary>
internal static class EngineName
{
    public static EngineFacts Facts
    {
        get
        {
            var assembly = typeof(LoadHost).Assembly;
            var name = assembly.GetName().Name!;
            var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly.GetName().Version!.ToString();
            return new(name.StartsWith("NBomber", StringComparison.Ordinal) ? "NBomber" : "built-in", name, version);
        }
    }
}
