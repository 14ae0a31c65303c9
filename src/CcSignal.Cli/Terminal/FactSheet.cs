using CcSignal.Cli.Wording;
using Spectre.Console;

namespace CcSignal.Cli.Terminal;

/// <summary>Facts with a name each, one a line; facts that are not known are left out.</summary>
internal sealed class FactSheet
{
    private readonly List<(string Name, string Value)> _facts = [];

    /// <summary>Adds a fact, if it is known.</summary>
    public void Add(string name, string? value)
    {
        if (value is not null)
        {
            _facts.Add((name, Printable.OneLine(value)));
        }
    }

    /// <summary>Prints it to standard output.</summary>
    public void Print()
    {
        var width = _facts.Max(fact => fact.Name.Length) + 1;
        foreach (var (name, value) in _facts)
        {
            var heading = $"{name}:".PadRight(width + 1);
            if (Console.IsOutputRedirected)
            {
                Console.Out.WriteLine($"{heading}{value}");
            }
            else
            {
                AnsiConsole.MarkupLineInterpolated($"[bold]{heading}[/]{value}");
            }
        }
    }
}
