namespace CcSignal.Load.Engine;

/// <summary>
/// The stages of load. Closed: so many copies, each beginning anew when it is done. Open: so many iterations begun per interval, evenly spaced, whether or not
/// those before have ended.
/// </summary>
public static class Simulation
{
    /// <summary>Closed: so many copies for so long.</summary>
    public static LoadSimulation KeepConstant(int copies, TimeSpan during) =>
        new LoadSimulation.KeepConstant(NotNegative(copies, nameof(copies)), Positive(during, nameof(during)));

    /// <summary>Closed: from as many copies as before, evenly, to so many.</summary>
    public static LoadSimulation RampingConstant(int copies, TimeSpan during) =>
        new LoadSimulation.RampingConstant(NotNegative(copies, nameof(copies)), Positive(during, nameof(during)));

    /// <summary>Open: so many iterations begun per interval.</summary>
    public static LoadSimulation Inject(int rate, TimeSpan interval, TimeSpan during) =>
        new LoadSimulation.Inject(NotNegative(rate, nameof(rate)), Positive(interval, nameof(interval)), Positive(during, nameof(during)));

    /// <summary>Open: from the rate before, evenly, to this one.</summary>
    public static LoadSimulation RampingInject(int rate, TimeSpan interval, TimeSpan during) =>
        new LoadSimulation.RampingInject(NotNegative(rate, nameof(rate)), Positive(interval, nameof(interval)), Positive(during, nameof(during)));

    /// <summary>Closed: so many copies share so many iterations.</summary>
    public static LoadSimulation IterationsForConstant(int copies, int iterations) =>
        new LoadSimulation.IterationsForConstant(Positive(copies, nameof(copies)), Positive(iterations, nameof(iterations)));

    /// <summary>Open: so many iterations begun per interval, until there were so many.</summary>
    public static LoadSimulation IterationsForInject(int rate, TimeSpan interval, int iterations) =>
        new LoadSimulation.IterationsForInject(Positive(rate, nameof(rate)), Positive(interval, nameof(interval)), Positive(iterations, nameof(iterations)));

    /// <summary>Nothing begins for so long.</summary>
    public static LoadSimulation Pause(TimeSpan during) => new LoadSimulation.Pause(Positive(during, nameof(during)));

    private static int NotNegative(int value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value, name);
        return value;
    }

    private static int Positive(int value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value, name);
        return value;
    }

    private static TimeSpan Positive(TimeSpan value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero, name);
        return value;
    }
}
