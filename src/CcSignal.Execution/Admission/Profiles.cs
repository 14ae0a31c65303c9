using CcSignal.Contracts;

namespace CcSignal.Execution.Admission;

/// <summary>The profiles in force, by name.</summary>
internal sealed class Profiles(IReadOnlyDictionary<string, ProfileOptions> options)
{
    private readonly Dictionary<string, Profile> _profiles =
        options.ToDictionary(entry => entry.Key, entry => new Profile(entry.Key, entry.Value), StringComparer.Ordinal);

    /// <summary>The names a caller may use, sorted.</summary>
    public IReadOnlyList<string> NamesFor(Caller caller) => [.. _profiles.Keys.Where(caller.MayUse).Order(StringComparer.Ordinal)];

    /// <summary>The profile, for one who asks.</summary>
    /// <exception cref="RefusedException"><c>forbidden</c>: there is none, or the caller may not use it; which of the two is not said.</exception>
    public Profile For(Caller caller, string? name)
    {
        var wanted = name ?? Defaults.Profile;
        return caller.MayUse(wanted) && Find(wanted) is { } profile
            ? profile
            : throw new RefusedException(
                ErrorCodes.Forbidden, $"'{wanted}' is not a profile you may use; you may use: {string.Join(", ", NamesFor(caller))}.");
    }

    /// <summary>The profile, or null.</summary>
    public Profile? Find(string name) => _profiles.GetValueOrDefault(name);
}
