using System.Text.RegularExpressions;
using MacSegmentation.Captures;
using MacSegmentation.Processes;

namespace MacSegmentation.Output;

/// <summary>What a terminal shows, and that nothing of it comes to a file or a pipe.</summary>
public sealed partial class ScreenTests : IDisposable
{
    private const string Document = "docs/examples/cameras-and-plc.json";
    private const int Columns = 60;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_terminal_gets_a_table_that_fits_its_width_in_colour()
    {
        RequireTerminal();
        string shown = Show([], WhatIf());
        Assert.Contains("\u001b[", shown, StringComparison.Ordinal);
        string text = Escape().Replace(shown, string.Empty);

        // The table ends with an empty line; the sentence after it is left to the terminal.
        Assert.All(text.Split("18 changes")[0].Split('\n', '\r'), line => Assert.True(line.Length <= Columns, line));

        // Each word of the plain table is there, whatever line of its cell it came to.
        string words = Blank().Replace(text, string.Empty);
        string[] cells = [.. Plain().Split('\n')[1].Split("  ", StringSplitOptions.RemoveEmptyEntries)];
        Assert.Contains("CreateVlan", cells);
        Assert.All(cells[..2], cell => Assert.Contains(Blank().Replace(cell, string.Empty), words, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("NO_COLOR", "1")]
    [InlineData("NO_COLOR", "false")]
    [InlineData("TERM", "dumb")]
    [InlineData("--no-color", "")]
    public void Who_wants_plain_text_gets_it_on_a_terminal_too(string name, string value)
    {
        RequireTerminal();
        bool isOption = name.StartsWith('-');
        string shown = Show(isOption ? [] : new() { [name] = value }, isOption ? [name, .. WhatIf()] : WhatIf());

        // .NET itself sets a terminal's keys to application mode, with or without colour.
        Assert.Equal(Plain(), shown.Replace("\u001b[?1h\u001b=", string.Empty, StringComparison.Ordinal));
    }

    [Fact]
    public void A_pipe_gets_each_row_in_one_line_whatever_the_width_of_the_terminal_before_it()
    {
        string plain = Plain();
        Assert.DoesNotContain('\u001b', plain);
        Assert.Contains(plain.Split('\n'), line => line.Length > Columns);
        var environment = new Dictionary<string, string> { ["COLUMNS"] = "20", ["TERM"] = "xterm-256color", ["FORCE_COLOR"] = "1" };
        Assert.Equal(plain, TestProgram.Native.In(environment).Run(WhatIf()).Succeeded());
    }

    [Fact]
    public void An_error_is_told_in_colour_on_a_terminal_and_plainly_elsewhere()
    {
        RequireTerminal();
        string[] wrong = ["apply", Document, "--store", folder.File("no/such/folder/lab.db"), "--what-if", "--wrong"];
        Assert.DoesNotContain('\u001b', TestProgram.Native.Run(wrong).Error);
        string shown = Show([], wrong);
        Assert.Contains("\u001b[", shown, StringComparison.Ordinal);
        Assert.Contains("--wrong", Escape().Replace(shown, string.Empty), StringComparison.Ordinal);
    }

    /// <summary>A capture that comes through a pipe is not done before its writer is.</summary>
    [Fact]
    public async Task Work_that_takes_long_says_on_a_terminal_how_far_it_has_come()
    {
        RequireTerminal();
        string pipe = folder.File("capture");
        Assert.Equal(0, new TestProgram(["mkfifo"]).Run(pipe).ExitCode);
        byte[] capture = await File.ReadAllBytesAsync(RepositoryFile.Path("docs", "examples", "cameras-and-plc.pcap"), TestContext.Current.CancellationToken);
        using var process = Terminal([]).Start(RepositoryFile.Root, "enforce", "--config", Document, "--read", pipe, "--write", folder.File("out.pcap"));
        await using (var writer = new FileStream(pipe, FileMode.Open, FileAccess.Write))
        {
            await writer.WriteAsync(capture, TestContext.Current.CancellationToken);
            await writer.FlushAsync(TestContext.Current.CancellationToken);
            string shown = string.Empty;
            char[] part = new char[256];
            while (!shown.Contains("frames were judged", StringComparison.Ordinal))
            {
                int length = await process.StandardOutput.ReadAsync(part, TestContext.Current.CancellationToken);
                Assert.True(length > 0, shown);
                shown += new string(part, 0, length);
            }
        }

        var result = TestProgram.Finish(process);
        Assert.Contains("forwarded", result.Succeeded(), StringComparison.Ordinal);

        // The cursor, which was hidden meanwhile, is back.
        Assert.Contains("\u001b[?25h", result.Output, StringComparison.Ordinal);
    }

    private static void RequireTerminal()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "A terminal is made by script of util-linux, which is not installed.");
    }

    /// <summary>macseg on a terminal of its own.</summary>
    private static TestProgram Terminal(Dictionary<string, string> environment)
    {
        environment.TryAdd("TERM", "xterm-256color");
        environment.TryAdd("NO_COLOR", string.Empty);
        return TestProgram.Native.After("sh", "-c", $"exec script -qec \"stty cols {Columns} rows 24; exec $*\" /dev/null", "sh").In(environment);
    }

    private static string Show(Dictionary<string, string> environment, params string[] arguments) =>
        Terminal(environment).Run(arguments).Output.Replace("\r\n", "\n", StringComparison.Ordinal);

    private string[] WhatIf() => ["apply", Document, "--store", folder.File("lab.db"), "--what-if"];

    private string Plain() => TestProgram.Native.Run(WhatIf()).Succeeded();

    [GeneratedRegex(@"\u001b(\[[0-9;?]*[A-Za-z]|=|>)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Escape();

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blank();
}
