using Spectre.Console;

namespace CcSignal.Cli.Terminal;

/// <summary>Columns with a heading: fitted to the window where a person looks, whole and plain where a program reads.</summary>
internal sealed class TextTable(params string[] headings)
{
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
            PrintFitted();
        }
    }

    /// <summary>Prints it with every cell whole; cells are two spaces or more apart.</summary>
    public void PrintPlain(TextWriter output)
    {
        var widths = headings.Select((heading, column) => _rows.Select(row => row[column].Length).Append(heading.Length).Max()).ToArray();
        foreach (var row in _rows.Prepend(headings))
        {
            var cells = row.Select((cell, column) => column == row.Length - 1 ? cell : cell.PadRight(widths[column]));
            output.WriteLine(string.Join("  ", cells).TrimEnd());
        }
    }

    private void PrintFitted()
    {
        var table = new Table { Border = TableBorder.None };
        foreach (var heading in headings)
        {
            table.AddColumn(new TableColumn(new Text(heading, new Style(decoration: Decoration.Bold))) { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        }

        foreach (var row in _rows)
        {
            table.AddRow(row.Select(cell => new Text(cell) { Overflow = Overflow.Ellipsis }));
        }

        AnsiConsole.Write(table);
    }
}
