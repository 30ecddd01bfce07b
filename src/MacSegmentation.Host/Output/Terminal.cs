#pragma warning disable RS0030 // This is the one place that knows the console.
using System.Text;

namespace MacSegmentation.Output;

/// <summary>
/// Where macseg writes: results to standard output, all else to standard error, in UTF-8 with line feeds on every system, so that the same
/// input gives the same bytes.
/// </summary>
internal sealed class Terminal : IDisposable
{
    private Terminal(TextWriter output, TextWriter error)
    {
        Output = output;
        Error = error;
    }

    /// <summary>What whoever started macseg tells it.</summary>
    public static TextReader Input => Console.In;

    /// <summary>Results: buffered, written out when macseg ends or <see cref="TextWriter.Flush"/> is called.</summary>
    public TextWriter Output { get; }

    /// <summary>Errors and status lines: written at once.</summary>
    public TextWriter Error { get; }

    /// <summary>Opens the process's own streams, past the console's encodings, which cost a start and vary.</summary>
    public static Terminal Open()
    {
        if (OperatingSystem.IsWindows() && !Console.IsOutputRedirected)
        {
            Console.OutputEncoding = Encoding.UTF8;
        }

        return new Terminal(Writer(Console.OpenStandardOutput()), TextWriter.Synchronized(Writer(Console.OpenStandardError(), autoFlush: true)));
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
