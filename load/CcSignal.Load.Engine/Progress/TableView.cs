using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CcSignal.Load.Engine.Progress;

/// <summary>A table that is drawn anew in place, twice a second; when it ends the last one stays.</summary>
internal sealed class TableView : IProgressView
{
    private const int BarWidth = 20;

    private readonly IAnsiConsole _console;
    private int _rows;

    public TableView(IAnsiConsole console)
    {
        _console = console;
        _console.Cursor.Hide();
    }

    public TimeSpan Interval { get; } = TimeSpan.FromMilliseconds(500);

    public void Show(IReadOnlyList<ProgressLine> lines)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = false };
        for (var column = 0; column < 6; column++)
        {
            table.AddColumn("");
        }

        foreach (var line in lines)
        {
            table.AddRow(Cells(line));
        }

        if (_rows > 0)
        {
            _console.Cursor.MoveUp(_rows);
        }

        _console.Write(table);
        _rows = lines.Count;
    }

    public void End() => _console.Cursor.Show();

    private static IRenderable[] Cells(ProgressLine line) =>
    [
        new Text(line.Scenario, new Style(decoration: Decoration.Bold)),
        new Text(line.Operation),
        new Markup(Bar(line)),
        new Text(Say($"{line.Ok,9:N0} ok")),
        new Text(Say($"{line.Failed,6:N0} failed"), line.Failed > 0 ? new Style(Color.Red) : Style.Plain),
        new Text(Say($"{line.InFlight,5} under way")),
    ];

    private static string Bar(ProgressLine line)
    {
        var share = line.Length is { TotalSeconds: > 0 } length ? Math.Clamp(line.Elapsed / length, 0, 1) : 0;
        var full = (int)(share * BarWidth);
        var time = line.Length is { } all ? Say($"{line.Elapsed.TotalSeconds:0} of {all.TotalSeconds:0} s") : Say($"{line.Elapsed.TotalSeconds:0} s");
        return $"[green]{new string('━', full)}[/][grey]{new string('━', BarWidth - full)}[/] {time}";
    }

    private static string Say(FormattableString words) => words.ToString(CultureInfo.InvariantCulture);
}
