using CcSignal.Load.Observing;
using CcSignal.Load.Reporting;
using CcSignal.Load.Reporting.Model;

namespace CcSignal.Load.Findings;

/// <summary>What a scenario checks, measures and sees fail, whichever engine drives it. May be used by many iterations at once.</summary>
internal sealed class ScenarioFindings(Func<double> secondsOfRun)
{
    private const string CheckFailed = "check_failed";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, CheckTally> _checks = [];
    private readonly Dictionary<string, Figure> _figures = [];
    private readonly FailureTally _failures = new();
    private readonly StreamTally _streams = new();

    /// <summary>Compares; a difference is a failure, with what was observed as its evidence.</summary>
    public bool Expect<T>(string name, T expected, T observed, Observation? evidence = null) =>
        Check(name, Shown(expected), Shown(observed), EqualityComparer<T>.Default.Equals(expected, observed), evidence);

    /// <summary>Notes a check that was executed; one that did not hold is a failure.</summary>
    public bool Check(string name, string expected, string observed, bool held, Observation? evidence = null)
    {
        lock (_lock)
        {
            if (!_checks.TryGetValue(name, out var tally))
            {
                _checks[name] = tally = new CheckTally(name);
            }

            tally.Add(expected, observed, held);
            if (!held)
            {
                var message = $"{name}: expected {expected}, observed {observed}";
                _failures.Add(CheckFailed, secondsOfRun(), evidence?.ToSample(message) ?? new Sample { Message = message }, inferred: null);
            }
        }

        return held;
    }

    /// <summary>Notes a failure that no check had expected.</summary>
    public void Fail(string code, string message, Observation? evidence = null, Inference? inferred = null)
    {
        lock (_lock)
        {
            _failures.Add(code, secondsOfRun(), evidence?.ToSample(message) ?? new Sample { Message = message }, inferred);
        }
    }

    /// <summary>Notes a stream; what is wrong with its order is a failure.</summary>
    public Observation Saw(Observation observation)
    {
        lock (_lock)
        {
            _streams.Add(observation);
        }

        Check(
            "the stream is in order, whole and ended", "0 out of order, 0 lost, 0 doubled, end seen",
            Words.Say($"{observation.OrderViolations} out of order, {observation.LostBytes} lost, {observation.DoubledBytes} doubled, {EndOf(observation)}"),
            observation is { OrderViolations: 0, LostBytes: 0, DoubledBytes: 0, EndSeen: true, Error: null }, observation);
        return observation;
    }

    /// <summary>Gives a number, for gates and for comparison with other runs.</summary>
    public void Figure(string name, double value, string unit)
    {
        lock (_lock)
        {
            _figures[name] = new Figure(name, value, unit);
        }
    }

    /// <summary>The same work through others; null: nothing was compared.</summary>
    public ComparisonTable? Comparison { get; private set; }

    /// <summary>Gives a comparison, and every median and ratio in it as a figure.</summary>
    public void Compare(ComparisonTable table)
    {
        Comparison = table;
        foreach (var (row, cell) in table.Rows.SelectMany(row => row.Cells.Select(cell => (row, cell))))
        {
            var subject = cell.Subject.Replace(' ', '_');
            Figure($"{row.Id}_{subject}", cell.Value.Median, row.Unit);
            if (cell.Ratio is { } ratio)
            {
                Figure($"{row.Id}_{table.Subjects[0]}_to_{subject}", ratio.Median, "×");
            }
        }
    }

    public IReadOnlyList<CheckResult> Checks
    {
        get
        {
            lock (_lock)
            {
                return [.. _checks.Values.Select(check => check.Result())];
            }
        }
    }

    public IReadOnlyList<FailureGroup> Failures
    {
        get
        {
            lock (_lock)
            {
                return _failures.Groups();
            }
        }
    }

    public IReadOnlyList<Figure> Figures
    {
        get
        {
            lock (_lock)
            {
                return [.. _figures.Values];
            }
        }
    }

    public StreamFacts? Streams(TimeSpan window)
    {
        lock (_lock)
        {
            return _streams.Facts(window);
        }
    }

    private static string EndOf(Observation observation) =>
        observation.Error is { } error ? $"{error.GetType().Name}: {error.Message}" : observation.EndSeen ? "end seen" : "no end";

    private static string Shown<T>(T value) => value switch
    {
        null => "nothing",
        string text => text.Length == 0 ? "empty" : text,
        IFormattable formattable => formattable.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "nothing",
    };
}
