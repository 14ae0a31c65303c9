using System.Text.RegularExpressions;
using CcSignal.Load.Reporting.Model;

namespace CcSignal.Load.Findings;

/// <summary>Failures by what was observed: those that differ only in numbers, ids and hashes are one group.</summary>
internal sealed partial class FailureTally
{
    private readonly Dictionary<(string Code, string Message), FailureGroup> _groups = [];

    public void Add(string code, double second, Sample sample, Inference? inferred)
    {
        var key = (code, Normalized(sample.Message));
        var group = _groups.GetValueOrDefault(key) ?? new()
        {
            Code = code,
            Message = key.Item2,
            Count = 0,
            FirstSeconds = second,
            LastSeconds = second,
            Samples = [],
            Inferred = inferred,
        };
        _groups[key] = group with
        {
            Count = group.Count + 1,
            LastSeconds = second,
            Samples = group.Samples.Count < FailureGroup.MaxSamples ? [.. group.Samples, sample] : group.Samples,
        };
    }

    public IReadOnlyList<FailureGroup> Groups() => [.. _groups.Values.OrderByDescending(group => group.Count).ThenBy(group => group.FirstSeconds)];

    internal static string Normalized(string message) => Numbers().Replace(Hexadecimal().Replace(message, "#"), "#");

    [GeneratedRegex(@"\b(?=[0-9a-f-]*\d)[0-9a-f]{8}[0-9a-f-]*\b", RegexOptions.IgnoreCase)]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"\d+(?:[.,]\d+)*")]
    private static partial Regex Numbers();
}
