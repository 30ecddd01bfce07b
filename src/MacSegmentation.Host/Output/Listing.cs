using System.Text.Json;

namespace MacSegmentation.Output;

/// <summary>Things of one kind, as a table for people or as JSON for machines, from the same columns.</summary>
/// <param name="columns">The columns.</param>
internal sealed class Listing<T>(params Column<T>[] columns) : IListing
{
    /// <inheritdoc/>
    public Type Listed => typeof(T);

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; } = [.. columns.Select(column => column.Name)];

    /// <summary>Writes them: a table with headings, or one JSON array.</summary>
    public void Write(Terminal terminal, IEnumerable<T> items, bool asJson)
    {
        var listed = items.ToList();
        if (asJson)
        {
            OutputFormat.WriteJson(terminal.Output, json => WriteJson(json, listed));
            return;
        }

        var table = new TextTable([.. columns.Select((column, index) => listed.Exists(item => columns[index].Value(item) is long or int) ? $">{column.Name}" : column.Name)]);
        foreach (var item in listed)
        {
            table.Add([.. columns.Select(column => Text(column.Value(item)))]);
        }

        terminal.Write(table);
    }

    private void WriteJson(Utf8JsonWriter json, List<T> listed)
    {
        json.WriteStartArray();
        foreach (var item in listed)
        {
            json.WriteStartObject();
            foreach (var column in columns)
            {
                string name = char.ToLowerInvariant(column.Name[0]) + column.Name[1..];
                switch (column.Value(item))
                {
                    case null:
                        json.WriteNull(name);
                        break;
                    case int number:
                        json.WriteNumber(name, number);
                        break;
                    case long number:
                        json.WriteNumber(name, number);
                        break;
                    case DateTimeOffset time:
                        json.WriteString(name, time);
                        break;
                    case var other:
                        json.WriteString(name, other.ToString());
                        break;
                }
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Text(object? value) => value switch
    {
        null => string.Empty,
        DateTimeOffset time => time.ToString("u"),
        _ => value.ToString() ?? string.Empty,
    };
}
