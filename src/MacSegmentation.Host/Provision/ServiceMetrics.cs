using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using MacSegmentation.ProviderRuntime;

namespace MacSegmentation.Provision;

/// <summary>
/// What is counted of the service: for whoever listens in the process (the meter MacSegmentation.Provider), and as Prometheus' text (exposition format 0.0.4). Paths are those of the description, so that
/// no client makes new series.
/// </summary>
/// <param name="service">What answers devices.</param>
internal sealed class ServiceMetrics(IHandleService service) : IDisposable
{
    /// <summary>The media type of the text.</summary>
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Upper ends of the classes of durations, in seconds.</summary>
    private static readonly double[] Ends = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "DELETE"];

    private readonly ConcurrentDictionary<(string Method, string Path, int Status), Count> requests = new();
    private readonly long[] durations = new long[Ends.Length + 1];
    private readonly Meter meter = new("MacSegmentation.Provider");
    private Counter<long>? counter;
    private Histogram<double>? histogram;
    private long ticks;
    private int inProgress;

    /// <summary>A request begins.</summary>
    public void Begin() => Interlocked.Increment(ref inProgress);

    /// <summary>A request ends.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="path">Its path, still encoded.</param>
    /// <param name="status">The status of its answer.</param>
    /// <param name="took">How long it took.</param>
    public void End(string method, string path, int status, TimeSpan took)
    {
        Interlocked.Decrement(ref inProgress);
        string known = Methods.Contains(method, StringComparer.Ordinal) ? method : "other";
        string template = TemplateOf(path);
        requests.GetOrAdd((known, template, status), static _ => new Count()).Add();
        int place = Array.FindIndex(Ends, end => took.TotalSeconds <= end);
        Interlocked.Increment(ref durations[place < 0 ? Ends.Length : place]);
        Interlocked.Add(ref ticks, took.Ticks);
        counter ??= meter.CreateCounter<long>("macseg.provider.requests", "{request}");
        histogram ??= meter.CreateHistogram<double>("macseg.provider.request.duration", "s");
        counter.Add(1, new("http.request.method", known), new("http.route", template), new("http.response.status_code", status));
        histogram.Record(took.TotalSeconds);
    }

    /// <summary>All of it as text in UTF-8.</summary>
    public byte[] Write()
    {
        var text = new StringBuilder();
        Head("macseg_requests_total", "counter", "Requests that were answered.");
        foreach (var (of, count) in requests.OrderBy(one => one.Key))
        {
            Line($"macseg_requests_total{{method=\"{of.Method}\",path=\"{of.Path}\",status=\"{of.Status}\"}} {count.Value}");
        }

        Head("macseg_request_duration_seconds", "histogram", "How long requests took.");
        long sum = 0;
        for (int i = 0; i < durations.Length; i++)
        {
            sum += Interlocked.Read(ref durations[i]);
            Line($"macseg_request_duration_seconds_bucket{{le=\"{(i < Ends.Length ? Ends[i].ToString(CultureInfo.InvariantCulture) : "+Inf")}\"}} {sum}");
        }

        Line($"macseg_request_duration_seconds_sum {TimeSpan.FromTicks(Interlocked.Read(ref ticks)).TotalSeconds}");
        Line($"macseg_request_duration_seconds_count {sum}");
        One("macseg_requests_in_progress", "gauge", "Requests that are being answered, or wait.", Volatile.Read(ref inProgress));
        One("macseg_ready", "gauge", "1 if devices should be sent here.", service.Trouble is null ? 1 : 0);
        if (service is ProviderEngine engine)
        {
            var status = engine.Status;
            One("macseg_provider_central_store_reachable", "gauge", "1 if the shared store is reached.", status.IsCentralStoreReachable ? 1 : 0);
            One("macseg_provider_gives_out", "gauge", "1 if new handles get addresses.", status.GivesOut ? 1 : 0);
            One("macseg_provider_synchronized_timestamp_seconds", "gauge", "When both stores last knew all that the other did; 0 if never.", status.SynchronizedAt?.ToUnixTimeMilliseconds() / 1000.0 ?? 0);
            One("macseg_provider_decided_total", "counter", "Requests that changed something.", status.Decided);
            One("macseg_provider_decided_alone_total", "counter", "Those that were decided without the shared store.", status.DecidedAlone);
            One("macseg_provider_undecidable_total", "counter", "Requests that were refused because they take the shared store.", status.Undecidable);
            One("macseg_provider_conflicts_total", "counter", "Times that what was given out alone did not hold.", status.Conflicts);
        }

        return Encoding.UTF8.GetBytes(text.ToString());

        void Head(string name, string type, string help) => Line($"# HELP {name} {help}\n# TYPE {name} {type}");

        void One(string name, string type, string help, double value)
        {
            Head(name, type, help);
            Line($"{name} {value}");
        }

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();

    private static string TemplateOf(string path) => path switch
    {
        "/v1/addresses" or "/v1/pools" or "/v1/policies" or "/v1/openapi.json" or "/healthz" or "/readyz" or "/metrics" => path,
        _ when path.StartsWith("/v1/addresses/", StringComparison.Ordinal) => "/v1/addresses/{handle}",
        _ when path.StartsWith("/v1/enforcement/", StringComparison.Ordinal) => "/v1/enforcement/{host}",
        _ when FeedbackEndpoint.IsPath(path) => "/v1/instances/{name}/feedback",
        _ => "other",
    };

    private sealed class Count
    {
        private long value;

        public long Value => Interlocked.Read(ref value);

        public void Add() => Interlocked.Increment(ref value);
    }
}
