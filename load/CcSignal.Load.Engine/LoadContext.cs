using CcSignal.Load.Engine.Progress;

namespace CcSignal.Load.Engine;

/// <summary>A run as it was described; <see cref="LoadRunner"/> makes, changes and runs it.</summary>
public sealed record LoadContext
{
    internal LoadContext(IReadOnlyList<ScenarioProps> scenarios) => Scenarios = scenarios;

    internal IReadOnlyList<ScenarioProps> Scenarios { get; init; }

    internal string TestSuite { get; init; } = "load";

    internal string TestName { get; init; } = "load";

    internal IReadOnlyList<string>? Targets { get; init; }

    internal string ReportFolder { get; init; } = "reports";

    internal string? ReportFileName { get; init; }

    internal IReadOnlyList<ReportFormat> ReportFormats { get; init; } = Enum.GetValues<ReportFormat>();

    internal TimeSpan ReportingInterval { get; init; } = TimeSpan.FromSeconds(5);

    internal TimeSpan CompletionTimeout { get; init; } = TimeSpan.FromMinutes(1);

    internal TimeProvider Time { get; init; } = TimeProvider.System;

    internal Func<LoadContext, IProgressView> View { get; init; } = ProgressViews.ForThisConsole;
}
