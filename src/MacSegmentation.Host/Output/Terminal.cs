#pragma warning disable RS0030 // This is the one place that knows the console.
using System.Text;

namespace MacSegmentation.Output;

/// <summary>
/// Where macseg writes: results to standard output, all else to standard error. A file or a pipe gets UTF-8 with line feeds on every system, so that the same
/// input gives the same bytes; only a terminal that somebody looks at gets a <see cref="Screen"/>.
/// </summary>
internal sealed class Terminal : IDisposable
{
    /// <summary>The option for those who want plain text on a terminal too.</summary>
    public const string NoColor = "--no-color";

    /// <summary>What takes no longer is not told of while it is done.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly Lazy<Screen?> outputScreen;
    private readonly Lazy<Screen?> errorScreen;

    private Terminal(TextWriter output, TextWriter error, bool isPlain)
    {
        Output = output;
        Error = error;

        // Made when it is used: a screen costs a start that a pipe need not wait for.
        outputScreen = new(() => isPlain || Console.IsOutputRedirected ? null : Screen.Open(Console.Out));
        errorScreen = new(() => isPlain || Console.IsErrorRedirected ? null : Screen.Open(Console.Error));
    }

    /// <summary>What whoever started macseg tells it.</summary>
    public static TextReader Input => Console.In;

    /// <summary>Results: buffered, written out when macseg ends or <see cref="TextWriter.Flush"/> is called.</summary>
    public TextWriter Output { get; }

    /// <summary>Status lines: written at once.</summary>
    public TextWriter Error { get; }

    /// <summary>Opens the process's own streams, past the console's encodings, which cost a start and vary.</summary>
    /// <param name="args">The command line, which also errors in it are told by.</param>
    public static Terminal Open(string[] args)
    {
        if (OperatingSystem.IsWindows() && !Console.IsOutputRedirected)
        {
            Console.OutputEncoding = Encoding.UTF8;
        }

        // https://no-color.org: present and not empty, whatever its value.
        bool isPlain = args.Contains(NoColor, StringComparer.Ordinal) || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new Terminal(Writer(Console.OpenStandardOutput()), TextWriter.Synchronized(Writer(Console.OpenStandardError(), autoFlush: true)), isPlain);
    }

    /// <summary>Writes a table to the results: to a screen as one, else as text.</summary>
    public void Write(TextTable table)
    {
        if (outputScreen.Value is { } screen)
        {
            Output.Flush();
            table.Write(screen);
        }
        else
        {
            table.Write(Output);
        }
    }

    /// <summary>Says why something was not done, after the results that came before it.</summary>
    public void Fail(string sentence)
    {
        Output.Flush();
        string line = $"macseg: {sentence}";
        if (errorScreen.Value is { } screen)
        {
            screen.WriteFailure(line);
        }
        else
        {
            Error.WriteLine(line);
        }
    }

    /// <summary>Warns.</summary>
    public void Warn(string sentence)
    {
        string line = $"macseg: Warning: {sentence}";
        if (errorScreen.Value is { } screen)
        {
            screen.WriteWarning(line);
        }
        else
        {
            Error.WriteLine(line);
        }
    }

    /// <summary>Waits for work that may take long, and shows on a screen what is being done.</summary>
    /// <param name="work">The work.</param>
    /// <param name="tell">What is being done, and how far it has come.</param>
    public void Await(Task work, Func<string> tell)
    {
        if (Task.WaitAny([work], Patience) < 0)
        {
            errorScreen.Value?.Follow(work, tell);
        }

        work.GetAwaiter().GetResult();
    }

    /// <summary>Does work that may take long, and shows on a screen what is being done.</summary>
    /// <param name="what">What is being done.</param>
    /// <param name="work">The work.</param>
    public T Await<T>(string what, Func<T> work)
    {
        var running = Task.Run(work);
        Await(running, () => what);
        return running.Result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Output.Dispose();
            Error.Dispose();
        }
        catch (IOException)
        {
            // Whoever read the output has gone: nobody is left to be told.
        }
    }

    private static StreamWriter Writer(Stream stream, bool autoFlush = false) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 4096) { AutoFlush = autoFlush, NewLine = "\n" };
}
