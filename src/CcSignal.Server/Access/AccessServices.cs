using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CcSignal.Server.Access;

/// <summary>Registers the door: who may enter, and that nobody else does.</summary>
internal static class AccessServices
{
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddOptions<AccessOptions>().BindConfiguration(AccessOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true);
        services.AddSingleton<IValidateOptions<AccessOptions>, AccessOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Hosts>();
        services.AddSingleton<KnownTokens>();
        services.AddSingleton<Tickets>();
        services.AddSingleton<Sessions>();

        // Not AddAuthentication: it brings Data Protection, which writes a key ring into the user's home that nothing here needs.
        services.AddWebEncoders();
        services.AddAuthenticationCore(options =>
        {
            options.DefaultScheme = AccessHandler.Scheme;
            options.AddScheme<AccessHandler>(AccessHandler.Scheme, displayName: null);
        });

        // An endpoint that says nothing needs a caller: one that was forgotten is closed, not open.
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return services;
    }
}
