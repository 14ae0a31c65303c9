using CcSignal.Execution.Admission;
using CcSignal.Execution.History;

namespace CcSignal.Execution.Retention;

/// <summary>What is kept of one profile, or of all.</summary>
/// <param name="Profile">Whose; null: of all.</param>
/// <param name="Keep">How much.</param>
internal sealed record RetentionRule(string? Profile, KeepOptions Keep)
{
    /// <summary>The rules in force: those of profiles first, then that of all.</summary>
    public static IReadOnlyList<RetentionRule> Of(KeepOptions all, IEnumerable<KeyValuePair<string, ProfileOptions>> profiles) =>
    [
        .. profiles.Select(profile => new RetentionRule(profile.Key, profile.Value.Retention)).Append(new RetentionRule(null, all)).Where(rule => rule.Limits),
    ];

    private bool Limits => Keep.MaxAgeDays is not null || Keep.MaxExecutions is not null || Keep.MaxBytes is not null;

    /// <summary>What ended before is too old, Unix milliseconds; 0: nothing is.</summary>
    public long OldestEnd(DateTimeOffset now) =>
        Keep.MaxAgeDays is { } days ? Math.Max(0, now.ToUnixTimeMilliseconds() - (long)(days * TimeSpan.MillisecondsPerDay)) : 0;

    /// <summary>Whether there is more than may be kept, whatever its age.</summary>
    public bool IsExceededBy(EndedTotals kept) => kept.Executions > Keep.MaxExecutions || kept.Bytes > Keep.MaxBytes;
}
