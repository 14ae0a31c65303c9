namespace CcSignal.Execution.Admission;

/// <summary>All profiles by name, as configured.</summary>
public sealed class ProfilesOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "CcSignal:Profiles";

    /// <summary>At least <c>default</c>, which a request without a profile runs under.</summary>
    public IDictionary<string, ProfileOptions> Profiles { get; } = new Dictionary<string, ProfileOptions>(StringComparer.Ordinal);
}
