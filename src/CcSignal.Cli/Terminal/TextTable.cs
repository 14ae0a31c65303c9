using Spectre.Console;

namespace CcSignal.Cli.Terminal;

/// <summary>Columns with a heading: fitted to the window where a person looks, whole and plain where a program reads.</summary>
internal sealed class TextTable(params string[] headings)
{
    private const string Space = "  ";

    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row; its cells must be printable.</summary>
    public void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>Prints it to standard output.</summary>
    public void Print()
    {
        if (Console.IsOutputRedirected)
        {
            PrintPlain(Console.Out);
        }
        else
        {
            PrintFitted(AnsiConsole.Console);
        }
    }

    /// <summary>Prints it with every cell whole; cells are two spaces or more apart.</summary>
    public void PrintPlain(TextWriter output)
    {
        var widths = Widths();
        foreach (var row in _rows.Prepend(headings))
        {
            var cells = row.Select((cell, column) => column == row.Length - 1 ? cell : cell.PadRight(widths[column]));
            output.WriteLine(string.Join(Space, cells).TrimEnd());
        }
    }

    /// <summary>Prints it within the width of <paramref name="terminal"/>: the last column gives way, ids are never cut.</summary>
    public void PrintFitted(IAnsiConsole terminal)
    {
        // Cut here and not by Spectre, which shares the loss between all columns.
        var room = Math.Max(1, terminal.Profile.Width - Widths()[..^1].Sum(width => width + Space.Length));
        var table = new Table { Border = TableBorder.None };
        foreach (var heading in headings)
        {
            table.AddColumn(new TableColumn(new Text(heading, new Style(decoration: Decoration.Bold))) { NoWrap = true, Padding = new Padding(0, 0, Space.Length, 0) });
        }

        table.Columns[^1].Padding = new Padding(0);
        foreach (var row in _rows)
        {
            table.AddRow(row.Select((cell, column) => new Text(column == row.Length - 1 ? Cut(cell, room) : cell)));
        }

        terminal.Write(table);
    }

    private static string Cut(string text, int room) => text.Length <= room ? text : $"{text[..(room - 1)]}…";

    private int[] Widths() =>
        [.. headings.Select((heading, column) => _rows.Select(row => row[column].Length).Append(heading.Length).Max())];
}
