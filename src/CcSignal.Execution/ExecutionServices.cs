using CcSignal.Execution.Admission;
using CcSignal.Execution.History;
using CcSignal.Execution.History.Sqlite;
using CcSignal.Execution.Journal;
using CcSignal.Execution.Processes;
using CcSignal.Execution.Processes.Linux.Keeping;
using CcSignal.Execution.Queueing;
using CcSignal.Execution.Retention;
using CcSignal.Execution.Watching;
using CcSignal.Keeper.Wire;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CcSignal.Execution;

/// <summary>Registers the engine, in the order of a command's way.</summary>
internal static class ExecutionServices
{
    /// <summary>Adds it, configured from <c>CcSignal</c>.</summary>
    public static IServiceCollection AddExecution(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.Configured<ExecutionOptions, ExecutionOptionsValidator>(configuration, ExecutionOptions.Section);
        services.AddOptions<DataDirectoryOptions>().Bind(configuration.GetSection(DataDirectoryOptions.Section));
        services.AddSingleton<NodeState>();

        services.Configured<AdmissionOptions, AdmissionOptionsValidator>(configuration, AdmissionOptions.Section);
        services.AddSingleton<IValidateOptions<AdmissionOptions>, DescriptorCapacity>();
        services.Configured<ProfilesOptions, ProfilesValidator>(configuration, ExecutionOptions.Section);
        services.AddSingleton(provider => new Profiles(provider.GetRequiredService<IOptions<ProfilesOptions>>().Value.Profiles.AsReadOnly()));

        services.Configured<ProcessOptions, ProcessOptionsValidator>(configuration, ProcessOptions.Section);
        services.AddSingleton(provider => Launchers.Create(
            provider.GetRequiredService<IOptions<ProcessOptions>>().Value,
            provider.GetRequiredService<IOptions<JournalOptions>>().Value,
            provider.GetRequiredService<IOptions<DataDirectoryOptions>>().Value.Resolve(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<KeeperSocket>(),
            provider.GetRequiredService<ILogger<KeeperLink>>()));

        services.Configured<JournalOptions, JournalOptionsValidator>(configuration, JournalOptions.Section);
        services.Configured<HistoryOptions, HistoryOptionsValidator>(configuration, HistoryOptions.Section);
        services.AddSingleton<IExecutionStore>(OpenStore);

        services.AddSingleton<RecordingUses>();
        services.AddSingleton<ExecutionChanges>();
        services.AddSingleton<TrackedExecutions>();
        services.AddSingleton<QueuePlaces>();
        services.AddSingleton<QueueClocks>();
        services.AddSingleton<ExecutionScheduler>();
        services.AddSingleton<Recovery>();
        services.AddSingleton<AdmissionControl>();
        services.AddSingleton<ExecutionService>();
        services.AddSingleton<RunningCommands>();
        services.AddSingleton<Watches>();
        services.AddSingleton<ExecutionEngine>();
        services.AddHostedService(provider => provider.GetRequiredService<ExecutionEngine>());
        services.AddHostedService(provider => provider.GetRequiredService<QueuePlaces>());

        services.Configured<RetentionOptions, RetentionOptionsValidator>(configuration, RetentionOptions.Section);
        services.AddSingleton(provider => new RetentionSweep(
            provider.GetRequiredService<IExecutionStore>(),
            provider.GetRequiredService<TrackedExecutions>(),
            provider.GetRequiredService<RecordingUses>(),
            provider.GetRequiredService<IOptions<DataDirectoryOptions>>().Value.Resolve(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<RetentionSweep>>()));
        services.AddSingleton<CompressionSweep>();
        services.AddHostedService<RetentionClock>();
        return services;
    }

    // Once, while the host is put together: nothing else runs yet that this could hold up.
    private static SqliteExecutionStore OpenStore(IServiceProvider provider) =>
        SqliteExecutionStore.OpenAsync(
            provider.GetRequiredService<IOptions<DataDirectoryOptions>>().Value.Resolve(),
            provider.GetRequiredService<IOptions<HistoryOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SqliteExecutionStore>>()).GetAwaiter().GetResult();

    private static void Configured<TOptions, TValidator>(this IServiceCollection services, IConfiguration configuration, string section)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.AddOptions<TOptions>().Bind(configuration.GetSection(section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TOptions>, TValidator>();
    }
}
