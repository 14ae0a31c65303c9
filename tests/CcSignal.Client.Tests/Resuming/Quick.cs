namespace CcSignal.Client.Tests.Resuming;

/// <summary>Policies for tests: the same, only faster.</summary>
internal static class Quick
{
    public static ReconnectPolicy Forever { get; } =
        new() { FirstDelay = TimeSpan.FromMilliseconds(5), MaxDelay = TimeSpan.FromMilliseconds(50) };

    public static ReconnectPolicy Times(int attempts) => Forever with { MaxAttempts = attempts };
}
