namespace MacSegmentation.Output;

/// <summary>Rows of text in columns that are as wide as their widest cell.</summary>
/// <param name="headings">The columns' headings; one that begins with '&gt;' heads a column of numbers, set to the right.</param>
internal sealed class TextTable(params string[] headings)
{
    private const string Gap = "  ";

    private readonly List<string[]> rows = [[.. headings.Select(heading => heading.TrimStart('>'))]];

    /// <summary>Number of rows without the headings.</summary>
    public int Count => rows.Count - 1;

    /// <summary>Adds a row with a cell for each column.</summary>
    public void Add(params string[] cells) => rows.Add(cells);

    /// <summary>Writes it as a screen shows tables.</summary>
    public void Write(Screen screen) => screen.WriteTable(headings.Select(heading => (heading.TrimStart('>'), heading[0] == '>')), rows.Skip(1));

    /// <summary>Writes the headings and the rows as text.</summary>
    public void Write(TextWriter output)
    {
        int[] widths = [.. headings.Select((_, column) => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
        {
            var cells = row.Select((cell, column) => headings[column][0] == '>' ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            output.WriteLine(string.Join(Gap, cells).TrimEnd());
        }
    }
}
