namespace CcSignal.Load.Engine.Pacing;

/// <summary>A stage of load with what it takes over from the one before.</summary>
internal abstract record Stage(string Words)
{
    /// <summary>Iterations it plans; null: as many as there is time for.</summary>
    public abstract long? Planned { get; }

    /// <summary>Begins iterations at their times, whether or not others have ended.</summary>
    public sealed record Open(string Words, IEnumerable<TimeSpan> Starts, long Count, TimeSpan Length) : Stage(Words)
    {
        public override long? Planned => Count;
    }

    /// <summary>Keeps copies going, their number moving evenly from one to the other.</summary>
    public sealed record Closed(string Words, int From, int To, TimeSpan Length) : Stage(Words)
    {
        public override long? Planned => null;

        /// <summary>When the number of copies changes, and to what; the first at the start.</summary>
        public IEnumerable<(TimeSpan At, int Copies)> Changes()
        {
            var steps = Math.Abs(To - From);
            yield return (TimeSpan.Zero, steps == 0 ? To : From);
            for (var step = 1; step <= steps; step++)
            {
                yield return (Length * ((double)step / steps), From + Math.Sign(To - From) * step);
            }
        }
    }

    /// <summary>Copies that share a number of iterations.</summary>
    public sealed record Shared(string Words, int Copies, int Iterations) : Stage(Words)
    {
        public override long? Planned => Iterations;
    }

    /// <summary>Nothing begins.</summary>
    public sealed record Quiet(string Words, TimeSpan Length) : Stage(Words)
    {
        public override long? Planned => 0;
    }
}
