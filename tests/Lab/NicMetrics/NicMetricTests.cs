using System.Diagnostics.Metrics;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.NetworkSessions;
using MacSegmentation.Profiles;
using MacSegmentation.Units;

namespace MacSegmentation.NicMetrics;

/// <summary>A switch reports what it measures at its ports, beside what their profiles ask for, to the store and to whoever listens.</summary>
public sealed class NicMetricTests
{
    [Fact]
    public async Task What_an_instance_sends_is_measured_against_its_profile()
    {
        using var scene = new NicMetricScene();
        scene.Pass();
        var idle = scene.Of("student-1", ProfileDirection.Egress);
        Assert.Equal((NicState.Attached, "dsl", "training", 10), (idle.State, idle.Profile, idle.Session, idle.VlanId));
        Assert.Equal((new BitRate(8_000_000), new BitRate(0), 0.0), (idle.AskedBandwidth, idle.BitRate, idle.Utilization));
        Assert.Equal(4, scene.Metrics.Count);

        await scene.Send(500);
        scene.Pass();
        var waiting = scene.Of("student-1", ProfileDirection.Egress);
        Assert.Equal((500L, 500L * NicMetricScene.FrameLength), (waiting.Frames, waiting.Bytes));
        await scene.Drain();
        scene.Pass();
        var through = scene.Of("student-1", ProfileDirection.Egress);
        Assert.True(through.AddedLatencyP50 > TimeSpan.FromMilliseconds(10), through.ToString());
        Assert.True(through.AddedLatencyP99 >= through.AddedLatencyP50, through.ToString());
        Assert.Equal((TimeSpan.FromMilliseconds(10), 0.0, 0L), (through.AskedLatency, through.Loss, through.Dropped));

        // Nothing goes by any more: the rate ends, what was counted stays, and who has no profile has no bandwidth to use.
        scene.Pass();
        scene.Pass();
        var after = scene.Of("student-1", ProfileDirection.Egress);
        Assert.Equal((new BitRate(0), 0, 500L), (after.BitRate, after.QueueDepth, after.Frames));
        Assert.Equal(scene.Time.GetUtcNow(), after.Time);
        var towardsWeb = scene.Of("web-1", ProfileDirection.Ingress);
        Assert.Equal((500L, null, null, null, null), (towardsWeb.Frames, towardsWeb.Profile, towardsWeb.AskedBandwidth, towardsWeb.Utilization, towardsWeb.Instance));
    }

    [Fact]
    public async Task A_port_without_a_profile_has_a_rate()
    {
        using var scene = new NicMetricScene();
        scene.Store.Write(writer => InterfaceCatalog.Change(writer, "student-1", new InterfaceChange { Profile = string.Empty }));
        scene.Pass();
        scene.Pass();
        await scene.Send(100);
        scene.Pass();
        Assert.Equal(new BitRate(100 * NicMetricScene.FrameLength * 8), scene.Of("student-1", ProfileDirection.Egress).BitRate);
        Assert.Equal(new BitRate(100 * NicMetricScene.FrameLength * 8), scene.Of("web-1", ProfileDirection.Ingress).BitRate);
        scene.Pass();
        Assert.Equal(new BitRate(0), scene.Of("web-1", ProfileDirection.Ingress).BitRate);
    }

    /// <summary>Latency and loss are those of the profile in force: with another one, they begin anew.</summary>
    [Fact]
    public async Task Another_profile_is_measured_by_itself()
    {
        using var scene = new NicMetricScene();
        scene.Pass();
        await scene.Send(100);
        await scene.Drain();
        scene.Store.Write(writer => InstanceCatalog.Change(writer, "student-1", "lossy"));
        scene.Pass();
        scene.Pass();
        var before = scene.Of("student-1", ProfileDirection.Egress);
        Assert.Equal(("lossy", 0.0, 1.0, 0L, TimeSpan.Zero), (before.Profile, before.Loss, before.AskedLoss, before.Dropped, before.AddedLatencyP99));
        await scene.Send(50);
        scene.Pass();
        var after = scene.Of("student-1", ProfileDirection.Egress);
        Assert.Equal((1.0, 50L, 150L), (after.Loss, after.Dropped, after.Frames));
    }

    [Fact]
    public void What_is_reported_ends_with_the_enforcer()
    {
        using var scene = new NicMetricScene();
        scene.Pass();
        Assert.All(scene.Metrics, metric => Assert.Equal(NicState.Attached, metric.State));
        scene.StopReporting();
        Assert.Equal([NicState.NotAttached, NicState.NotAttached], scene.Metrics.Select(metric => metric.State));
        Assert.All(scene.Metrics, metric => Assert.Equal("student-1", metric.Instance));
    }

    [Fact]
    public async Task A_store_that_is_away_is_told_of_once_and_gets_what_it_missed()
    {
        using var scene = new NicMetricScene();
        scene.Pass();
        Assert.Empty(scene.TakeFailures());
        scene.Reported.IsAway = true;
        await scene.Send(20);
        for (int second = 0; second < 12; second++)
        {
            scene.Pass();
        }

        Assert.Contains("The store is away.", Assert.Single(scene.TakeFailures()), StringComparison.Ordinal);
        Assert.Equal([NicState.NotAttached, NicState.NotAttached], scene.Metrics.Select(metric => metric.State));
        scene.Reported.IsAway = false;
        scene.Pass();
        Assert.Equal(20, scene.Of("student-1", ProfileDirection.Egress).Frames);
        Assert.Equal(20, scene.Of("web-1", ProfileDirection.Ingress).Frames);
        Assert.Empty(scene.TakeFailures());

        // It ends while the store is away: what it reported counts no more when it has been silent.
        scene.Reported.IsAway = true;
        scene.StopReporting();
        Assert.Equal(NicState.Attached, scene.Of("student-1", ProfileDirection.Egress).State);
        scene.Time.Advance(NicReporter.Lifetime);
        Assert.Equal(NicState.NotAttached, scene.Of("student-1", ProfileDirection.Egress).State);
    }

    [Fact]
    public void A_record_that_goes_and_comes_again_is_reported_again()
    {
        using var scene = new NicMetricScene();
        scene.Pass();
        var record = scene.Store.Read(reader => InterfaceCatalog.Get(reader, "web-1"));
        scene.Store.Write(writer => InterfaceCatalog.Remove(writer, "web-1", force: true));
        scene.Pass();
        Assert.DoesNotContain(scene.Metrics, metric => string.Equals(metric.Interface, "web-1", StringComparison.Ordinal));
        scene.Store.Write(writer => InterfaceCatalog.Create(writer, new InterfaceRequest { Name = "web-1", VlanId = 10, MacAddress = record.MacAddress, PortSecurity = false }));
        scene.Pass();
        scene.Pass();
        Assert.Equal(NicState.Attached, scene.Of("web-1", ProfileDirection.Ingress).State);
    }

    /// <summary>Samples: what has changed, every ten seconds at most, at once with another profile, and the end of a port. A port where nothing happens costs one.</summary>
    [Fact]
    public async Task What_is_measured_is_kept_over_time()
    {
        using var scene = new NicMetricScene();
        var begin = scene.Time.GetUtcNow();
        long id = scene.Store.Read(reader => InterfaceCatalog.Get(reader, "student-1")).InterfaceId;
        (int Second, string? Profile, long Frames, NicState State)[] Kept() =>
        [
            .. scene.Store.Read(reader => reader.ListNicSamples(id, DateTimeOffset.MaxValue)).Where(sample => sample.Metric.Direction == ProfileDirection.Egress)
                .Select(sample => ((int)(sample.Metric.Time - begin).TotalSeconds, sample.Metric.Profile, sample.Metric.Frames, sample.Metric.State)),
        ];
        Pass(30);
        var idle = Assert.Single(Kept());
        Assert.Equal(("dsl", 0L, NicState.Attached), (idle.Profile, idle.Frames, idle.State));
        await scene.Send(10);
        await scene.Drain();
        Pass(5);
        Assert.Equal((10L, NicState.Attached), (Kept()[1].Frames, Kept()[1].State));
        int first = Kept()[1].Second;
        await scene.Send(10);
        await scene.Drain();
        Pass(20);
        var after = Kept()[2..];
        Assert.All(after, sample => Assert.True(sample.Second >= first + 10 && sample.Frames == 20, $"{sample}"));

        // Another profile is kept at once, and the end of the port.
        int before = Kept().Length;
        scene.Store.Write(writer => InstanceCatalog.Change(writer, "student-1", "lossy"));
        Pass(2);
        Assert.Equal((before + 1, "lossy"), (Kept().Length, Kept()[^1].Profile));
        Assert.All(scene.Store.Read(reader => reader.ListNicSamples(id, DateTimeOffset.MaxValue)), sample => Assert.True(sample.SeenAt >= scene.Time.GetUtcNow().AddSeconds(-1)));

        void Pass(int seconds)
        {
            for (int second = 0; second < seconds; second++)
            {
                scene.Pass();
            }
        }
    }

    [Fact]
    public async Task Whoever_listens_gets_what_is_measured_with_its_attributes()
    {
        using var scene = new NicMetricScene();
        var values = new List<(string Instrument, double Value, Dictionary<string, object?> Attributes)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listening) =>
            {
                if (string.Equals(instrument.Meter.Name, NicInstruments.MeterName, StringComparison.Ordinal))
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> attributes) =>
            values.Add((instrument.Name, value, attributes.ToArray().ToDictionary(attribute => attribute.Key, attribute => attribute.Value, StringComparer.Ordinal)));
        listener.SetMeasurementEventCallback<long>((instrument, value, attributes, _) => Note(instrument, value, attributes));
        listener.SetMeasurementEventCallback<int>((instrument, value, attributes, _) => Note(instrument, value, attributes));
        listener.SetMeasurementEventCallback<double>((instrument, value, attributes, _) => Note(instrument, value, attributes));
        listener.Start();
        await scene.Send(10);
        await scene.Drain();
        scene.Pass();
        listener.RecordObservableInstruments();
        var own = values.Where(value => "student-1".Equals(value.Attributes["mac.instance"]) && "egress".Equals(value.Attributes["mac.direction"])).ToList();
        Assert.All(own, value => Assert.Equal((10, "training", "dsl"), (value.Attributes["mac.vlan.id"], value.Attributes["mac.session"], value.Attributes["mac.profile"])));
        double Of(string instrument) => own.Single(value => string.Equals(value.Instrument, instrument, StringComparison.Ordinal)).Value;
        Assert.Equal((10.0 * NicMetricScene.FrameLength, 10.0, 0.0, 0.0), (Of("mac.nic.io"), Of("mac.nic.packets"), Of("mac.nic.queue.depth"), Of("mac.nic.loss")));
        Assert.InRange(Of("mac.nic.utilization"), 0, 1.1);
        var latency = own.Where(value => string.Equals(value.Instrument, "mac.nic.latency", StringComparison.Ordinal)).ToDictionary(value => (string)value.Attributes["mac.quantile"]!, value => value.Value);
        Assert.True(latency["p50"] >= 0.0098 && latency["p99"] >= latency["p50"], $"{latency["p50"]} {latency["p99"]}");
        Assert.Equal(0.01, Of("mac.nic.latency.asked"));

        // What has no profile has no bandwidth to use a part of.
        Assert.DoesNotContain(values, value => "web-1".Equals(value.Attributes["mac.instance"]) && string.Equals(value.Instrument, "mac.nic.utilization", StringComparison.Ordinal));
        Assert.DoesNotContain(values, value => "web-1".Equals(value.Attributes["mac.instance"]) && value.Attributes.ContainsKey("mac.profile"));
        scene.StopReporting();
        values.Clear();
        listener.RecordObservableInstruments();
        Assert.DoesNotContain(values, value => "student-1".Equals(value.Attributes["mac.instance"]));
    }
}
