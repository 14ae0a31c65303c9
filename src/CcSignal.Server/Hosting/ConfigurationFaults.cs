using System.Reflection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CcSignal.Server.Hosting;

/// <summary>
/// Reads every options class of ours and tells all faults together. The host's own check at start stops at the first
/// value of a wrong type, and whoever has three mistakes to correct would meet them one after another.
/// </summary>
internal static class ConfigurationFaults
{
    private const string Root = "CcSignal";

    /// <summary>One line a fault, each beginning with its configuration key.</summary>
    public static IReadOnlyList<string> Collect(IServiceCollection services, IConfiguration configuration)
    {
        // Before the host is built, because building it already reads Kestrel's options, and with them some of ours. This provider makes
        // options and nothing else; the configuration is given as an instance, so that it survives its end.
        using var provider = new ServiceCollection().Add(services).AddSingleton(configuration).BuildServiceProvider();
        var types = services
            .Select(service => service.ServiceType)
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IConfigureOptions<>))
            .Select(type => type.GetGenericArguments()[0])
            .Where(type => Section(type) is not null)
            .Distinct()
            .ToList();
        return [.. Unknown(types, configuration), .. types.SelectMany(type => Read(type, provider))];
    }

    // A section that nobody reads is a typing error, and perhaps the one that was meant to keep somebody out.
    private static IEnumerable<string> Unknown(IReadOnlyList<Type> types, IConfiguration configuration)
    {
        var known = types.SelectMany(type => Section(type) == Root
            ? type.GetProperties().Select(property => property.Name)
            : [Section(type)![(Root.Length + 1)..]]);
        return configuration.GetSection(Root).GetChildren().Select(child => child.Key)
            .Except(known, StringComparer.OrdinalIgnoreCase)
            .Select(key => $"{Root}: there is no key '{key}'.");
    }

    private static IReadOnlyCollection<string> Read(Type type, IServiceProvider provider)
    {
        var options = typeof(IOptions<>).MakeGenericType(type);
        try
        {
            options.GetProperty(nameof(IOptions<>.Value))!.GetValue(provider.GetRequiredService(options), BindingFlags.DoNotWrapExceptions, null, null, null);
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return [.. exception.Failures.Select(failure => $"{Section(type)}:{failure}")];
        }
        catch (InvalidOperationException exception) when (exception.Message.Contains(nameof(BinderOptions.ErrorOnUnknownConfiguration), StringComparison.Ordinal))
        {
            return [$"{Section(type)}: there is no key {exception.Message[(exception.Message.LastIndexOf(':') + 2)..]}."];
        }
        catch (InvalidOperationException exception)
        {
            // The binder's own sentence names the key and the type that it should have.
            return [exception.Message];
        }
    }

    private static string? Section(Type type) => type.GetField("Section")?.GetRawConstantValue() as string;
}
