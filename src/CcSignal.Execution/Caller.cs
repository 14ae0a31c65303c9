namespace CcSignal.Execution;

/// <summary>Who is calling: the name that owns what it starts, and what it may.</summary>
/// <param name="Name">The owner of what it starts.</param>
/// <param name="Administrator">May see and stop what others own.</param>
/// <param name="Profiles">The profiles it may use; null: every one.</param>
internal sealed record Caller(string Name, bool Administrator, IReadOnlyList<string>? Profiles = null)
{
    /// <summary>Whether it may start under this profile.</summary>
    public bool MayUse(string profile) => Profiles is null || Profiles.Contains(profile, StringComparer.Ordinal);

    /// <summary>Whether it may know of an execution of this owner.</summary>
    public bool MaySee(string owner) => Administrator || string.Equals(owner, Name, StringComparison.Ordinal);
}
