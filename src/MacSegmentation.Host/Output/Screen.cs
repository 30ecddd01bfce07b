using System.Runtime.InteropServices;
using Spectre.Console;

namespace MacSegmentation.Output;

/// <summary>A stream of the process that somebody looks at: tables that fit its width, colour, and what is being done.</summary>
internal sealed class Screen
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly Style Heading = new(decoration: Decoration.Bold);
    private static readonly Style Good = new(Color.Green);
    private static readonly Style Noteworthy = new(Color.Yellow);
    private static readonly Style Bad = new(Color.Red);

    private readonly IAnsiConsole console;

    private Screen(IAnsiConsole console) => this.console = console;

    /// <summary>Opens a stream as a screen; null if its terminal knows no escape sequences.</summary>
    /// <param name="stream">The console's output or error.</param>
    public static Screen? Open(TextWriter stream)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(stream),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        return console.Profile.Capabilities.Ansi ? new Screen(console) : null;
    }

    /// <summary>Writes a line that says why something was not done.</summary>
    public void WriteFailure(string line) => console.Write(new Text($"{line}\n", Bad));

    /// <summary>Writes a line of which its reader should take note.</summary>
    public void WriteWarning(string line) => console.Write(new Text($"{line}\n", Noteworthy));

    /// <summary>Writes a table. What does not fit the screen's width goes on in the next line of its cell.</summary>
    /// <param name="columns">The headings, and whether numbers stand below them.</param>
    /// <param name="rows">A cell for each column.</param>
    public void WriteTable(IEnumerable<(string Heading, bool IsNumber)> columns, IEnumerable<string[]> rows)
    {
        // One blank beside a column and no lines between: what fits 80 signs as text fits them here.
        var table = new Table().SimpleBorder();
        foreach (var (heading, isNumber) in columns)
        {
            table.AddColumn(new TableColumn(new Text(heading, Heading)) { Alignment = isNumber ? Justify.Right : Justify.Left, Padding = new Padding(0, 0, 1, 0) });
        }

        foreach (string[] row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell, StyleOf(cell))));
        }

        console.Write(table);
    }

    /// <summary>Shows what is being done until it is done.</summary>
    /// <param name="work">The work.</param>
    /// <param name="tell">What is being done, and how far it has come.</param>
    public void Follow(Task work, Func<string> tell)
    {
        // The cursor is hidden meanwhile, and whoever ends the process wants it back.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => console.Cursor.Show());
        console.Status().Start(Markup.Escape(tell()), status =>
        {
            while (Task.WaitAny([work], Interval) < 0)
            {
                status.Status = Markup.Escape(tell());
            }
        });
    }

    private static Style StyleOf(string cell) => cell switch
    {
        "forwarded" or "allowed" or "answered" or "up" or "yes" => Good,
        "dropped" or "down" => Noteworthy,
        "denied" => Bad,
        _ => Style.Plain,
    };
}
