using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace CcSignal.Execution.History.Sqlite;

/// <summary>A statement with its values, put together from constant pieces; what a client sent is always a value.</summary>
internal sealed class SqlText
{
    private readonly StringBuilder _text = new();
    private readonly List<object> _values = [];

    /// <summary>The statement.</summary>
    public string Text => _text.ToString();

    /// <summary>A constant statement whose values are numbered in it: <c>?1</c>, <c>?2</c> …</summary>
    public static SqlText Of(string numbered, params ReadOnlySpan<object> values)
    {
        var text = new SqlText();
        text._text.Append(numbered);
        text._values.AddRange(values);
        return text;
    }

    /// <summary>Adds a constant piece; each <c>?</c> in it stands for the next value.</summary>
    public SqlText Add(string piece, params ReadOnlySpan<object> values)
    {
        var used = 0;
        foreach (var letter in piece)
        {
            _text.Append(letter);
            if (letter == '?')
            {
                _values.Add(values[used++]);
                _text.Append(CultureInfo.InvariantCulture, $"{_values.Count}");
            }
        }

        return this;
    }

    /// <summary>Adds a piece for each, with a separator between them.</summary>
    public SqlText AddEach<T>(IReadOnlyList<T> items, string separator, Action<SqlText, T> add)
    {
        for (var i = 0; i < items.Count; i++)
        {
            _text.Append(i == 0 ? "" : separator);
            add(this, items[i]);
        }

        return this;
    }

    /// <summary>As a command of this connection.</summary>
    public SqliteCommand On(SqliteConnection connection)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // constant pieces only
        command.CommandText = Text;
#pragma warning restore CA2100
        for (var i = 0; i < _values.Count; i++)
        {
            command.Parameters.Add(new SqliteParameter($"?{i + 1}", _values[i]));
        }

        return command;
    }
}
