#pragma warning disable RS0030 // This is the one place that knows the console.
using System.Text;
using System.Text.Json;
using MacSegmentation.Errors;

namespace MacSegmentation.Output;

/// <summary>
/// Where macseg writes: results to standard output, all else to standard error. A file or a pipe gets UTF-8 with line feeds on every system, so that the same
/// input gives the same bytes; only a terminal that somebody looks at gets a <see cref="Screen"/>.
/// </summary>
internal sealed class Terminal : IDisposable
{
    /// <summary>The option for those who want plain text on a terminal too.</summary>
    public const string NoColor = "--no-color";

    private const int ExitCodeOfErrors = 1;

    /// <summary>What takes no longer is not told of while it is done.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a reader who is there may take to make room.</summary>
    private static readonly TimeSpan ReaderTimeout = TimeSpan.FromSeconds(2);

    private readonly Lazy<Screen?> outputScreen;
    private readonly Lazy<Screen?> errorScreen;

    private readonly bool isJson;
    private volatile bool isUnread;

    private Terminal(TextWriter output, TextWriter error, bool isPlain, bool isJson)
    {
        this.isJson = isJson;
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
        return new Terminal(Writer(Console.OpenStandardOutput()), TextWriter.Synchronized(Writer(Console.OpenStandardError(), autoFlush: true)), isPlain, args.Contains(OutputFormat.Name, StringComparer.Ordinal));
    }

    /// <summary>One that nobody sees.</summary>
    public static Terminal Nowhere() => new(TextWriter.Null, TextWriter.Null, isPlain: true, isJson: false);

    /// <summary>
    /// Does what writes on a thread of its own, because nobody can say when a pipe that is full is read: once the process is told to stop, that is waited for no longer than
    /// it takes a reader who is there. Then nothing more is written.
    /// </summary>
    /// <param name="tell">Writes, and returns the exit code.</param>
    /// <param name="stopRequested">Completes when the process is told to stop.</param>
    /// <returns>The exit code; 0 if it stopped as it was told to, and nobody reads.</returns>
    public int Tell(Func<int> tell, Task stopRequested)
    {
        // A thread that does not keep the process alive.
        var told = Task.Factory.StartNew(
            () =>
            {
                int code = tell();
                Output.Flush();
                return code;
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        if (Task.WaitAny(told, stopRequested) == 0 || Task.WaitAny([told], ReaderTimeout) == 0)
        {
            return told.GetAwaiter().GetResult();
        }

        isUnread = true;
        return 0;
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

    /// <summary>Tells of an error as one line on standard error, after the output that came before it.</summary>
    /// <returns>The exit code for it.</returns>
    public int Report(Exception error)
    {
        if (error is MacSegmentationException known)
        {
            Fail(known.ErrorId, known.Kind, known.Message);
        }
        else
        {
            Fail("InternalError", MacErrorKind.InvalidOperation, $"{error.GetType().Name}: {error.Message}");
        }

        return ExitCodeOfErrors;
    }

    /// <summary>Says why something was not done, after the results that came before it.</summary>
    /// <param name="errorId">The error's id.</param>
    /// <param name="kind">What kind of error it is.</param>
    /// <param name="sentence">What is wrong, and the way out.</param>
    public void Fail(string errorId, MacErrorKind kind, string sentence)
    {
        Output.Flush();
        Say("error", $"{sentence} [{errorId}]", screen => screen.WriteFailure, json =>
        {
            json.WriteString("errorId", errorId);
            json.WriteString("kind", kind.ToString());
            json.WriteString("message", sentence);
        });
    }

    /// <summary>Says what is wrong about the command line.</summary>
    /// <param name="sentence">What is wrong.</param>
    public void Refuse(string sentence) => Say("error", sentence, screen => screen.WriteFailure, json =>
    {
        json.WriteString("errorId", "WrongUsage");
        json.WriteString("kind", nameof(MacErrorKind.InvalidArgument));
        json.WriteString("message", sentence);
    });

    /// <summary>Warns.</summary>
    public void Warn(string sentence) => Say("warning", $"Warning: {sentence}", screen => screen.WriteWarning, json => json.WriteString("message", sentence));

    /// <summary>Says what is being done.</summary>
    public void Note(string sentence) => Say("note", sentence, write: null, json => json.WriteString("message", sentence));

    /// <summary>Waits for work that may take long, and shows on a screen what is being done.</summary>
    /// <param name="work">The work.</param>
    /// <param name="tell">What is being done, and how far it has come.</param>
    public void Await(Task work, Func<string> tell)
    {
        if (Task.WaitAny([work], Timeout) < 0)
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
        if (isUnread)
        {
            return;
        }

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

    /// <summary>Says something on standard error: a line for people, or an object for programs, which read no sentences.</summary>
    private void Say(string what, string sentence, Func<Screen, Action<string>>? write, Action<Utf8JsonWriter> writeMembers)
    {
        if (isJson)
        {
            OutputFormat.WriteJson(Error, json =>
            {
                json.WriteStartObject();
                json.WriteString("event", what);
                writeMembers(json);
                json.WriteEndObject();
            });
        }
        else if (write is not null && errorScreen.Value is { } screen)
        {
            write(screen)($"macseg: {sentence}");
        }
        else
        {
            Error.WriteLine($"macseg: {sentence}");
        }
    }

    private static StreamWriter Writer(Stream stream, bool autoFlush = false) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 4096) { AutoFlush = autoFlush, NewLine = "\n" };
}
