using CcSignal.Load.Reporting.Model;
using CcSignal.Load.Runs;
using CcSignal.Load.Subjects;

namespace CcSignal.Load.Compare;

/// <summary>
/// The same work through every subject, in turns within each round, so that whatever else the machine does hits all of them. Owns the subjects.
/// </summary>
internal sealed class Comparison(IReadOnlyList<ISubject> subjects, IReadOnlyList<string> skipped, ComparisonSizes sizes) : IAsyncDisposable
{
    private const int LineBytes = 80;

    private readonly IReadOnlyList<Work> _works = WorksOf(sizes);
    private readonly Dictionary<(Measure, ISubject), Figures> _figures = [];

    /// <summary>How many figures a whole run gives.</summary>
    public int Expected => sizes.Rounds * _works.Sum(work => work.Measures.Count * subjects.Count(subject => CanDo(subject, work)));

    /// <summary>How many it gave.</summary>
    public int Measured => _figures.Values.Sum(figures => figures.Count);

    public static async Task<Comparison> PrepareAsync(Bench bench, ComparisonSizes sizes, CancellationToken cancellationToken)
    {
        var (subjects, skipped) = await Peers.ConnectAsync(bench, cancellationToken);
        return new Comparison(subjects, skipped, sizes);
    }

    /// <summary>Does all of it so many times, and once before to warm up, which does not count.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var round = 0; round <= sizes.Rounds; round++)
        {
            foreach (var work in _works)
            {
                foreach (var subject in subjects.Where(subject => CanDo(subject, work)))
                {
                    var figures = await work.MeasureAsync(subject, cancellationToken);
                    foreach (var (measure, figure) in work.Measures.Zip(figures).Where(_ => round > 0))
                    {
                        FiguresOf(measure, subject).Add(figure);
                    }
                }
            }
        }
    }

    /// <summary>Medians and ratios with their range over the rounds; a ratio is that of one round, the hub's figure to the other's.</summary>
    public ComparisonTable Table() => new(
        sizes.Rounds,
        [.. subjects.Select(subject => subject.Name)],
        [.. from work in _works from measure in work.Measures select new ComparisonRow(measure.Id, measure.Name, measure.Unit, measure.IsHigherBetter, [.. CellsOf(work, measure)])],
        skipped);

    public async ValueTask DisposeAsync()
    {
        foreach (var subject in subjects)
        {
            await subject.DisposeAsync();
        }
    }

    private static IReadOnlyList<Work> WorksOf(ComparisonSizes sizes)
    {
        var lines = sizes.Bytes / 16 / LineBytes;
        return
        [
            Work.Throughput("flood", $"throughput, {sizes.Bytes >> 20} MiB in writes of 8 KiB", sizes.Bytes, Programs.Child, "flood", $"{sizes.Bytes}"),
            Work.Throughput("lines", $"throughput, {lines} writes of a line of {LineBytes} bytes", lines * LineBytes, Programs.Child, "lines", $"{lines}", "0", $"{LineBytes}"),
            Work.Starts(sizes.Starts, atOnce: 1, "/bin/true"),
            Work.Starts(sizes.Starts, atOnce: 8, "/bin/true"),
            Work.Starts(sizes.Starts, atOnce: 32, "/bin/true"),
            Work.FirstByte(sizes.Starts, "/bin/echo", "x"),
            Work.LiveLatency(),
            Work.IdleExecution(sizes.Idle),
            Work.IdleConnection(sizes.Idle),
        ];
    }

    private static bool CanDo(ISubject subject, Work work) => !work.NeedsServer || subject is IServedSubject;

    private IEnumerable<ComparisonCell> CellsOf(Work work, Measure measure)
    {
        foreach (var subject in subjects.Where(subject => CanDo(subject, work)))
        {
            var figures = FiguresOf(measure, subject);
            yield return new ComparisonCell(subject.Name, figures.Spread(), subject == subjects[0] ? null : FiguresOf(measure, subjects[0]).RatioTo(figures).Spread());
        }
    }

    private Figures FiguresOf(Measure measure, ISubject subject) =>
        _figures.TryGetValue((measure, subject), out var figures) ? figures : _figures[(measure, subject)] = new Figures();
}
