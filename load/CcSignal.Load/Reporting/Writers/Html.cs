using System.Net;
using System.Text;

namespace CcSignal.Load.Reporting.Writers;

/// <summary>A page as it grows: what comes from a run is always encoded.</summary>
internal sealed class Html
{
    private readonly StringBuilder _text = new();

    /// <summary>Markup of ours.</summary>
    public Html Raw(string markup)
    {
        _text.Append(markup);
        return this;
    }

    /// <summary>An element with text of a run.</summary>
    public Html Element(string name, string text, string? style = null)
    {
        _text.Append('<').Append(name).Append(style is null ? "" : $" class=\"{style}\"").Append('>').Append(WebUtility.HtmlEncode(text)).Append("</").Append(name).Append('>');
        return this;
    }

    /// <summary>A table; the last of the styles is that of all cells to come.</summary>
    public Html Table(IReadOnlyList<string> headings, IEnumerable<(string? Style, IReadOnlyList<string> Cells)> rows, params ReadOnlySpan<string> styles)
    {
        Raw("<div class=\"wide\"><table>\n<thead><tr>");
        foreach (var heading in headings)
        {
            Element("th", heading);
        }

        Raw("</tr></thead>\n<tbody>\n");
        foreach (var (style, cells) in rows)
        {
            Raw(style is null ? "<tr>" : $"<tr class=\"{style}\">");
            for (var column = 0; column < cells.Count; column++)
            {
                Element("td", cells[column], styles.IsEmpty ? null : styles[Math.Min(column, styles.Length - 1)]);
            }

            Raw("</tr>\n");
        }

        return Raw("</tbody></table></div>\n");
    }

    public override string ToString() => _text.ToString();
}
