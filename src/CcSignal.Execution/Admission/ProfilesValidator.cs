using System.ComponentModel.DataAnnotations;
using CcSignal.Contracts;
using CcSignal.Execution.Processes.Linux;
using Microsoft.Extensions.Options;

namespace CcSignal.Execution.Admission;

/// <summary>Checks every profile at start, and names each fault by its configuration key.</summary>
internal sealed class ProfilesValidator : IValidateOptions<ProfilesOptions>
{
    public ValidateOptionsResult Validate(string? name, ProfilesOptions options)
    {
        var faults = options.Profiles.SelectMany(profile => FaultsOf(profile.Key, profile.Value)).ToList();
        if (options.Profiles.Count == 0)
        {
            faults.Add($"{Defaults.Profile}: there is no profile at all, so nothing may run. Add this one.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> FaultsOf(string key, ProfileOptions profile)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(profile, new ValidationContext(profile), results, validateAllProperties: true);
        foreach (var result in results)
        {
            yield return $"{key}:{string.Join(",", result.MemberNames)}: {result.ErrorMessage}";
        }

        results.Clear();
        Validator.TryValidateObject(profile.Limits, new ValidationContext(profile.Limits), results, validateAllProperties: true);
        foreach (var result in results)
        {
            yield return $"{key}:Limits:{string.Join(",", result.MemberNames)}: {result.ErrorMessage}";
        }

        if (profile is { Output: "direct", KeepLeftovers: true })
        {
            yield return $"{key}:KeepLeftovers: what outlives the command would go on writing into a recording that has ended; it goes with 'Output' 'pipe' only.";
        }

        results.Clear();
        Validator.TryValidateObject(profile.Retention, new ValidationContext(profile.Retention), results, validateAllProperties: true);
        foreach (var result in results)
        {
            yield return $"{key}:Retention:{string.Join(",", result.MemberNames)}: {result.ErrorMessage}";
        }

        if (profile.User is { } user && (!OperatingSystem.IsLinux() || Users.Find(user) is null))
        {
            yield return $"{key}:User: there is no user '{user}' on this machine.";
        }

        if (profile.Commands.Count == 0)
        {
            yield return $"{key}:Commands is empty: the profile allows nothing. Name commands, or '{ProfileOptions.Any}' for any.";
        }

        if (profile.WorkingDirectory is { } directory && !Path.IsPathRooted(directory))
        {
            yield return $"{key}:WorkingDirectory: '{directory}' is not an absolute path.";
        }

        foreach (var root in profile.Roots.Where(root => !Path.IsPathRooted(root)))
        {
            yield return $"{key}:Roots: '{root}' is not an absolute path.";
        }
    }
}
