namespace CcSignal.Load.Engine.Pacing;

/// <summary>When iterations of the open model are to begin: evenly, after the start of their stage.</summary>
internal static class Arrivals
{
    /// <summary>How many come while the rate goes from one to the other.</summary>
    public static long Count(double fromPerSecond, double toPerSecond, TimeSpan during) =>
        (long)Math.Ceiling((fromPerSecond + toPerSecond) / 2 * during.TotalSeconds - 1e-6);

    /// <summary>Each of them: the moment at which as many would have come as came before it.</summary>
    public static IEnumerable<TimeSpan> Between(double fromPerSecond, double toPerSecond, TimeSpan during)
    {
        var count = Count(fromPerSecond, toPerSecond, during);
        var growth = (toPerSecond - fromPerSecond) / during.TotalSeconds;
        for (long before = 0; before < count; before++)
        {
            // before = from·t + growth·t²/2, solved for t in the form that does not cancel out where the growth is small.
            var root = Math.Sqrt(Math.Max(0, fromPerSecond * fromPerSecond + 2 * growth * before));
            yield return before == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(2 * before / (fromPerSecond + root));
        }
    }
}
