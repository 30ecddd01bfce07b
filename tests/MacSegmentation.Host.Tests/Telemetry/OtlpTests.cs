using System.Diagnostics;
using System.Text.Json;
using MacSegmentation.Addressing;
using MacSegmentation.Captures;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Lab.Network;
using MacSegmentation.NetworkSessions;
using MacSegmentation.Processes;
using MacSegmentation.Profiles;
using MacSegmentation.Stores;
using MacSegmentation.Units;
using MacSegmentation.Vlans;

namespace MacSegmentation.Telemetry;

/// <summary>macseg sends what it measures at vNICs by OTLP: what it counted, with its attributes. A collector that is away or slow keeps nobody waiting.</summary>
public sealed class OtlpTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_collector_gets_what_the_enforcer_counted()
    {
        using var segment = Fill();
        using var collector = segment.Middle.Run(() => new Collector());
        using var run = new Run(segment, folder, ["--otlp", $"http://127.0.0.1:{collector.Port}"]);
        Deadline.Await("host B answers", () => segment.HostA.Ping(Segment.AddressOfB, 1, 2).Count == 1, 20);
        Assert.NotEmpty(segment.HostA.Ping(Segment.AddressOfB, 20, 1));
        Deadline.Await("metrics come", () => collector.Messages.Count > 2, 20);
        Assert.Equal("/v1/metrics", collector.Path);
        Assert.Contains("Content-Type: application/x-protobuf", collector.Header, StringComparison.OrdinalIgnoreCase);
        using var report = JsonDocument.Parse(run.Stop());

        // The last message is of the end: it tells what the report tells.
        var last = collector.Messages[^1];
        Assert.Contains("MacSegmentation", last.Scopes);
        Assert.Equal(("lab-enforcer", "test"), (last.Resource["service.name"], last.Resource["deployment.environment"]));
        var port = report.RootElement.GetProperty("ports").EnumerateArray().Single(port => port.GetProperty("interface").GetString() is "student-1");
        Assert.Equal(port.GetProperty("framesIn").GetInt64(), Of("mac.nic.packets", "egress", "{packet}", "sum", isMonotonic: true).Value);
        Assert.Equal(port.GetProperty("bytesIn").GetInt64(), Of("mac.nic.io", "egress", "By", "sum", isMonotonic: true).Value);
        Assert.Equal(port.GetProperty("framesSent").GetInt64(), Of("mac.nic.packets", "ingress", "{packet}", "sum", isMonotonic: true).Value);
        Assert.Equal(port.GetProperty("bytesSent").GetInt64(), Of("mac.nic.io", "ingress", "By", "sum", isMonotonic: true).Value);
        var link = port.GetProperty("fromInstance");
        var added = Of("mac.nic.latency.added", "egress", "s", "histogram");
        Assert.Equal(link.GetProperty("framesOut").GetInt64(), added.Value);
        Assert.InRange(added.Sum / added.Value, 0.0098, 0.2);
        Assert.Equal(0.01, Of("mac.nic.latency.asked", "egress", "s", "gauge").Value);
        Assert.Equal(0, Of("mac.nic.loss", "egress", "1", "gauge").Value);
        Assert.Equal(0, Of("mac.nic.loss.asked", "egress", "1", "gauge").Value);
        Assert.Equal(0, Of("mac.nic.queue.depth", "egress", "{packet}", "gauge").Value);
        Assert.InRange(Of("mac.nic.utilization", "egress", "1", "gauge").Value, 0, 1.1);
        Assert.Equal(0, Of("mac.nic.dropped", "egress", "{packet}", "gauge").Value);

        OtlpPoint Of(string metric, string direction, string unit, string kind, bool isMonotonic = false)
        {
            var point = last.Points.Single(point => string.Equals(point.Metric, metric, StringComparison.Ordinal) && "student-1".Equals(point.Attributes["mac.instance"]) && direction.Equals(point.Attributes["mac.direction"]));
            Assert.Equal((unit, kind, isMonotonic), (point.Unit, point.Kind, point.IsMonotonic));
            Assert.Equal((10L, "training", "dsl"), (point.Attributes["mac.vlan.id"], point.Attributes["mac.session"], point.Attributes["mac.profile"]));
            return point;
        }
    }

    [Fact]
    public void A_collector_that_is_away_or_hangs_is_told_once_and_stops_nobody()
    {
        using var segment = Fill();
        int port;
        using (var away = segment.Middle.Run(() => new Collector()))
        {
            port = away.Port;
        }

        // By the environment, as standard tools say it.
        using var run = new Run(segment, folder, [], ("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://127.0.0.1:{port}"));
        Deadline.Await("the failure is told", () => run.Output.Contain("\"event\":\"TelemetryFailed\""), 30);
        Deadline.Await("host B answers", () => segment.HostA.Ping(Segment.AddressOfB, 1, 2).Count == 1, 20);
        using var collector = segment.Middle.Run(() => new Collector(port));
        Deadline.Await("it is told that it works again", () => run.Output.Contain("\"event\":\"TelemetrySent\""), 30);
        Deadline.Await("metrics come", () => collector.Messages.Count > 0, 20);
        Assert.Equal(1, Count(run.Output, "TelemetryFailed"));
        collector.Status = 403;
        Deadline.Await("the refusal is told", () => run.Output.Contain("answers 403"), 30);
        Assert.Equal(2, Count(run.Output, "TelemetryFailed"));

        // It takes what it is sent, and never answers: the enforcer goes on, and ends in time.
        collector.Status = 0;
        string before = collector.Header;
        Deadline.Await("it hangs", () => !ReferenceEquals(before, collector.Header), 30);
        Assert.Single(segment.HostA.Ping(Segment.AddressOfB, 1, 2));
        long began = Stopwatch.GetTimestamp();
        run.Stop();
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(8), $"{Stopwatch.GetElapsedTime(began)}");
    }

    [Theory]
    [InlineData("collector:4318", "InvalidOtlpUrl")]
    [InlineData("http://user:secret@collector:4318", "InvalidOtlpUrl")]
    [InlineData("ftp://collector", "InvalidOtlpUrl")]
    public void An_address_that_is_none_is_refused(string url, string errorId) =>
        Assert.Equal(errorId, Assert.Throws<Errors.MacSegmentationException>(() => OtlpTarget.Read(url, _ => null)).ErrorId);

    [Fact]
    public void What_the_environment_says_counts_where_the_command_line_says_nothing()
    {
        Assert.Null(OtlpTarget.Read(null, _ => null));
        Assert.Equal("http://c:4318/v1/metrics", Endpoint("http://c:4318"));
        Assert.Equal("http://c:4318/otlp/x", Endpoint("http://c:4318/otlp/x"));
        Assert.Equal("http://c:4318/v1/metrics", Endpoint(null, ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4318/")));
        Assert.Equal("http://c:4318/base/v1/metrics", Endpoint(null, ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4318/base")));
        Assert.Equal("http://m:1/here", Endpoint(null, ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4318"), ("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "http://m:1/here")));
        Assert.Equal("http://c:4317/", Endpoint("http://c:4317", ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")));
        var options = OtlpTarget.Read("http://c:4318", Variables(("OTEL_EXPORTER_OTLP_HEADERS", "a=b"), ("OTEL_EXPORTER_OTLP_TIMEOUT", "1500")))!;
        Assert.Equal(("a=b", 1500), (options.Headers, options.TimeoutMilliseconds));
        Refused(("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json"));
        Refused(("OTEL_EXPORTER_OTLP_TIMEOUT", "soon"));

        static string Endpoint(string? url, params (string Name, string Value)[] variables) => $"{OtlpTarget.Read(url, Variables(variables))!.Endpoint}";
        static Func<string, string?> Variables(params (string Name, string Value)[] variables) => name => variables.FirstOrDefault(variable => string.Equals(variable.Name, name, StringComparison.Ordinal)).Value;
        static void Refused((string Name, string Value) variable) =>
            Assert.Equal("InvalidOtlpSetting", Assert.Throws<Errors.MacSegmentationException>(() => OtlpTarget.Read("http://c:4318", Variables(variable))).ErrorId);
    }

    private static int Count(ProcessLines output, string kind) => output.ToString().Split($"\"event\":\"{kind}\"").Length - 1;

    private Segment Fill()
    {
        var segment = new Segment();
        segment.AssignAddresses();
        segment.Middle.Ip("link", "set", "lo", "up");
        using var store = new StoreFactory().Open(new MacStoreOptions { Path = folder.File("lab.db") });
        store.Write(writer =>
        {
            VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:00:00:00:00:00/44")] });
            ProfileCatalog.Create(writer, new MacProfile { Name = "dsl", Egress = new LinkProfile { Bandwidth = new BitRate(8_000_000), Latency = TimeSpan.FromMilliseconds(10) } });
            SessionCatalog.Create(writer, new SessionRequest { Name = "training", VlanId = 10, DefaultProfile = "dsl" });
            InstanceCatalog.Launch(writer, new InstanceRequest { Name = "student-1", Session = "training", MacAddress = MacAddress.Parse(Segment.MacOfA) });
            return InterfaceCatalog.Create(writer, new InterfaceRequest { Name = "web-1", VlanId = 10, MacAddress = MacAddress.Parse(Segment.MacOfB) });
        });
        return segment;
    }

    /// <summary>macseg between the hosts.</summary>
    private sealed class Run : IDisposable
    {
        private readonly Process process;
        private readonly ProcessLines error;

        public Run(Segment segment, TemporaryFolder folder, string[] options, params (string Name, string Value)[] variables)
        {
            var environment = variables.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal);
            environment["OTEL_METRIC_EXPORT_INTERVAL"] = "300";
            environment["OTEL_EXPORTER_OTLP_TIMEOUT"] = "5000";
            environment["OTEL_SERVICE_NAME"] = "lab-enforcer";
            environment["OTEL_RESOURCE_ATTRIBUTES"] = "deployment.environment=test";
            var macseg = TestProgram.Native.In(environment).After("ip", "netns", "exec", segment.Middle.Name, "env", "--default-signal");
            process = macseg.Start(folder.File(string.Empty), ["enforce", "--store", "lab.db", "--port", "p1=student-1", "--port", "p2=web-1", "--json", .. options]);
            error = new ProcessLines(process.StandardError);
            Output = new ProcessLines(process.StandardOutput);
            Deadline.Await("macseg enforces", () => error.Contain("Enforcing between") || process.HasExited, 60);
            Assert.False(process.HasExited, $"{error}");
        }

        public ProcessLines Output { get; }

        /// <summary>Ends it.</summary>
        /// <returns>Its report.</returns>
        public string Stop()
        {
            Command.Run("kill", "-INT", $"{process.Id}");
            Assert.True(process.WaitForExit(TimeSpan.FromSeconds(20)), $"An interrupt did not end macseg. {error}");
            Assert.True(Output.Completion.Wait(TimeSpan.FromSeconds(20)), "Standard output does not end.");
            Assert.True(process.ExitCode == 0, $"{process.ExitCode}: {error}");
            return Output.ToString().TrimEnd().Split('\n')[^1];
        }

        public void Dispose()
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }

            process.Dispose();
        }
    }
}
