using System.Globalization;
using MacSegmentation.Enforcement;
using MacSegmentation.Errors;
using MacSegmentation.Output;

namespace MacSegmentation.Provision;

/// <summary>What the service tells while it runs: rare lines, each written at once, for people or for a supervisor.</summary>
/// <param name="terminal">Where.</param>
/// <param name="asJson">True for JSON.</param>
/// <param name="time">The clock.</param>
internal sealed class ServiceReport(Terminal terminal, bool asJson, TimeProvider time)
{
    /// <summary>How long errors are only counted after one was told: a store that is gone fails thousands of requests a second.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Lock writing = new();
    private long? toldAt;
    private long untold;

    /// <summary>Tells that requests are answered.</summary>
    /// <param name="uri">Where.</param>
    public void TellListening(string uri) => Tell("listening", $"Listening at {uri}.", ("uri", uri));

    /// <summary>Tells of something that happened.</summary>
    /// <param name="kind">What sort of thing, in one word.</param>
    /// <param name="message">A sentence.</param>
    /// <param name="members">What else a program may want to know.</param>
    public void Tell(string kind, string message, params (string Name, string Value)[] members)
    {
        var now = time.GetUtcNow();
        lock (writing)
        {
            try
            {
                if (asJson)
                {
                    OutputFormat.WriteJson(terminal.Output, json =>
                    {
                        json.WriteStartObject();
                        json.WriteString("event", kind);
                        json.WriteString("time", EnforcerRun.Format(now));
                        foreach (var (name, value) in members)
                        {
                            json.WriteString(name, value);
                        }

                        json.WriteString("message", message);
                        json.WriteEndObject();
                    });
                }
                else
                {
                    terminal.Output.WriteLine($"{EnforcerRun.Format(now)} {message}");
                }

                terminal.Output.Flush();
            }
            catch (IOException)
            {
                // Whoever read the output has gone. Devices are answered all the same.
            }
        }
    }

    /// <summary>Tells on standard error of an error that no client can do anything about, and then no other for a while.</summary>
    /// <param name="error">The error.</param>
    public void Tell(Exception error)
    {
        lock (writing)
        {
            if (toldAt is { } told && time.GetElapsedTime(told) < Pause)
            {
                untold++;
                return;
            }

            toldAt = time.GetTimestamp();
            string others = untold == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" {untold} requests failed before, which were not told.");
            untold = 0;
            try
            {
                terminal.Error.WriteLine(error is MacSegmentationException known
                    ? $"macseg: Warning: A request failed: {known.Message}{others} [{known.ErrorId}]"
                    : $"macseg: Warning: A request failed: {error}{others} [InternalError]");
            }
            catch (IOException)
            {
                // As above.
            }
        }
    }
}
