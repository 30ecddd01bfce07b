using System.Globalization;
using System.Text.Json;
using MacSegmentation.Dhcpv6;
using MacSegmentation.Enforcement;
using MacSegmentation.Errors;
using MacSegmentation.Output;
using MacSegmentation.ProviderRuntime;

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
    private List<Action>? held = [];
    private long? toldAt;
    private long untold;

    /// <summary>Tells that requests are answered, before all else: a supervisor waits for that line.</summary>
    /// <param name="uris">Where.</param>
    public void TellListening(IEnumerable<string> uris)
    {
        lock (writing)
        {
            var earlier = held;
            held = null;
            foreach (string uri in uris)
            {
                Tell("listening", $"Listening at {uri}.", json => json.WriteString("uri", uri));
            }

            earlier?.ForEach(tell => tell());
        }
    }

    /// <summary>Tells of something that happened now.</summary>
    /// <param name="kind">What sort of thing, in one word.</param>
    /// <param name="message">A sentence.</param>
    /// <param name="writeMembers">Writes what else a program may want to know.</param>
    public void Tell(string kind, string message, Action<Utf8JsonWriter>? writeMembers = null) => Tell(time.GetUtcNow(), kind, message, writeMembers);

    /// <summary>Tells of something that happened to a provider.</summary>
    /// <param name="happened">What.</param>
    public void Tell(ProviderEventArgs happened) => Tell(happened.Time, JsonNamingPolicy.CamelCase.ConvertName($"{happened.Kind}"), happened.Message, writeMembers: null);

    /// <summary>Tells how a service is.</summary>
    /// <param name="service">The service.</param>
    public void TellStatus(IHandleService service)
    {
        bool isReady = service.IsReady;
        string sentence = isReady ? "Devices are answered." : "Devices cannot be answered.";
        if (service is not ProviderEngine provider)
        {
            Tell("status", sentence, json => json.WriteBoolean("isReady", isReady));
            return;
        }

        var status = provider.Status;
        Tell("status", $"{sentence} The shared store {(status.IsCentralStoreReachable ? "is" : "cannot be")} reached.", json => ProviderStatus.Report.WriteMembers(json, status));
    }

    /// <summary>Tells what came by DHCPv6, and why what was not answered was not.</summary>
    /// <param name="counters">The counters.</param>
    public void TellDhcpv6(Dhcpv6Counters counters)
    {
        var silent = counters.Silent.ToList();
        string reasons = silent.Count == 0 ? string.Empty : $" Not answered: {string.Join(", ", silent.Select(counted => $"{counted.Reason} {counted.Count}"))}.";
        Tell("dhcpv6", $"DHCPv6: {counters.Received} datagrams came, {counters.Answered} were answered.{reasons}", json =>
        {
            json.WriteNumber("received", counters.Received);
            json.WriteNumber("answered", counters.Answered);
            json.WriteStartObject("silent");
            foreach (var (reason, count) in silent)
            {
                json.WriteNumber(JsonNamingPolicy.CamelCase.ConvertName($"{reason}"), count);
            }

            json.WriteEndObject();
        });
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
                terminal.Warn(error is MacSegmentationException known
                    ? $"A request failed: {known.Message}{others} [{known.ErrorId}]"
                    : $"A request failed: {error}{others} [InternalError]");
            }
            catch (IOException)
            {
                // As above.
            }
        }
    }

    private void Tell(DateTimeOffset now, string kind, string message, Action<Utf8JsonWriter>? writeMembers)
    {
        lock (writing)
        {
            if (held is not null)
            {
                held.Add(() => Tell(now, kind, message, writeMembers));
                return;
            }

            try
            {
                if (asJson)
                {
                    OutputFormat.WriteJson(terminal.Output, json =>
                    {
                        json.WriteStartObject();
                        json.WriteString("event", kind);
                        json.WriteString("time", EnforcerRun.Format(now));
                        writeMembers?.Invoke(json);
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
}
