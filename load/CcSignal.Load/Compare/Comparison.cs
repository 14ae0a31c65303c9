using CcSignal.Load.Subjects;

namespace CcSignal.Load.Compare;

/// <summary>
/// The same work through every subject, in turns within each round, so that whatever else the machine does hits all of them. Owns the subjects.
/// </summary>
internal sealed class Comparison(IReadOnlyList<ISubject> subjects, IReadOnlyList<Work> works) : IAsyncDisposable
{
    private const int LineBytes = 80;

    private readonly Dictionary<(Work, ISubject), Figures> _figures = [];

    /// <summary>What is compared, in the order of the report; the first is the measure of the others.</summary>
    public IReadOnlyList<ISubject> Subjects => subjects;

    /// <summary>What is done.</summary>
    public IReadOnlyList<Work> Works => works;

    /// <summary>What came of it.</summary>
    public Figures this[Work work, ISubject subject] => _figures[(work, subject)];

    /// <summary>The raw pipe, the hub, and websocketd where it is installed.</summary>
    public static async Task<Comparison> PrepareAsync(long bytes, int starts, CancellationToken cancellationToken)
    {
        var lines = bytes / 16 / LineBytes;
        Work[] works =
        [
            Work.Throughput("flood", $"{bytes >> 20} MiB in writes of 8 KiB", bytes, Programs.Child, "flood", $"{bytes}"),
            Work.Throughput("lines", $"{lines} lines, each a write of {LineBytes} bytes", lines * LineBytes, Programs.Child, "lines", $"{lines}", "0", $"{LineBytes}"),
            Work.Starts(starts, atOnce: 1, "/bin/true"),
            Work.Starts(starts, atOnce: 8, "/bin/true"),
            Work.Starts(starts, atOnce: 32, "/bin/true"),
            Work.FirstByte(starts, quantile: 0.5, "/bin/echo", "x"),
            Work.FirstByte(starts, quantile: 0.99, "/bin/echo", "x"),
        ];
        var hub = await Hub.StartAsync(cancellationToken);
        ISubject[] subjects = Programs.Installed("websocketd") is { } websocketd
            ? [new RawPipe(), hub, new Websocketd(websocketd)]
            : [new RawPipe(), hub];
        return new Comparison(subjects, works);
    }

    /// <summary>Does all of it so many times, and once before to warm up, which does not count.</summary>
    public async Task RunAsync(int rounds, Action<string> progress, CancellationToken cancellationToken)
    {
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var work in works)
            {
                foreach (var subject in subjects)
                {
                    progress($"round {round} of {rounds}: {work.Name}: {subject.Name}");
                    var figure = await work.MeasureAsync(subject, cancellationToken);
                    if (round > 0)
                    {
                        FiguresOf(work, subject).Add(figure);
                    }
                }
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var subject in subjects)
        {
            await subject.DisposeAsync();
        }
    }

    private Figures FiguresOf(Work work, ISubject subject) =>
        _figures.TryGetValue((work, subject), out var figures) ? figures : _figures[(work, subject)] = new Figures();
}
