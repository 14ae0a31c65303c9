using CcSignal.Contracts;

namespace CcSignal.Server.Answers;

/// <summary>Registers how HTTP answers look.</summary>
internal static class AnswerServices
{
    public static void AddAnswers(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options => WireJson.Configure(options.SerializerOptions));

        // A body that cannot be read is answered where all errors are.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
    }
}
