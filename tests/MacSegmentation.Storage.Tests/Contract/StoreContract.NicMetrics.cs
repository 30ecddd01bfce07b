using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.NetworkSessions;
using MacSegmentation.NicMetrics;
using MacSegmentation.Profiles;
using MacSegmentation.Units;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.Contract;

public abstract partial class StoreContract
{
    private static readonly LinkProfile Slow = new() { Bandwidth = new BitRate(1_000_000), Latency = TimeSpan.FromMilliseconds(25), LossRate = new Percentage(2000) };

    [Fact]
    public void What_an_enforcer_measures_is_read_with_the_instance_and_takes_the_place_of_what_it_measured_before()
    {
        var time = new ManualTime();
        var store = Open(time);
        var other = Open(time);
        long id = FillWithInstances(store);
        var before = other.ReadSnapshot();
        int audited = store.Read(reader => reader.ListAuditEvents(new AuditQuery())).Count;
        Assert.False(Report(store, "e1", Measured(id, ProfileDirection.Egress) with { Frames = 1 }));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(Report(store, "e1", Measured(id, ProfileDirection.Egress), Measured(id, ProfileDirection.Ingress) with { AskedBandwidth = null, Profile = null }));

        var read = other.Read(reader => reader.ListNicMetrics(time.GetUtcNow() - NicReporter.Lifetime));
        Assert.Equal([ProfileDirection.Ingress, ProfileDirection.Egress], read.Select(metric => metric.Direction));
        var egress = Measured(id, ProfileDirection.Egress) with
        {
            Time = time.GetUtcNow(), Interface = "student-1", Instance = "student-1", Session = "training", VlanId = 10, HostName = "host-1", Process = "macseg/7",
        };
        Assert.Equal(egress, read[1]);
        Assert.Equal(0.5, read[1].Utilization);
        Assert.Equal(egress with { Direction = ProfileDirection.Ingress, AskedBandwidth = null, Profile = null }, read[0]);
        Assert.Equal(read, other.Read(reader => reader.ListNicMetrics(default, "STUDENT-1")));
        Assert.Empty(other.Read(reader => reader.ListNicMetrics(default, "student-2")));

        Assert.Same(before, other.ReadSnapshot(before));
        Assert.Equal(audited, store.Read(reader => reader.ListAuditEvents(new AuditQuery())).Count);
    }

    [Fact]
    public void What_an_enforcer_measured_goes_with_it_with_its_silence_and_with_the_record()
    {
        var time = new ManualTime();
        var store = Open(time);
        long id = FillWithInstances(store);
        Report(store, "e1", Measured(id, ProfileDirection.Egress));
        Report(store, "e2", Measured(id, ProfileDirection.Egress));
        IReadOnlyList<string> Live() => [.. store.Read(reader => reader.ListNicMetrics(reader.Now - NicReporter.Lifetime)).Select(metric => metric.EnforcerId)];
        Assert.Equal(["e1", "e2"], Live());
        store.Observe(observer =>
        {
            observer.DeleteNicReporter("e1");
            return 0;
        });
        Assert.Equal(["e2"], Live());

        // Silent: it counts no more, and a day later is forgotten with another's report.
        time.Advance(NicReporter.Lifetime);
        Assert.Empty(Live());
        Assert.Single(store.Read(reader => reader.ListNicMetrics(default)));
        time.Advance(TimeSpan.FromDays(1));
        Report(store, "e3", Measured(id, ProfileDirection.Ingress), Measured(id + 1000, ProfileDirection.Ingress));
        Assert.Equal(["e3"], store.Read(reader => reader.ListNicMetrics(default)).Select(metric => metric.EnforcerId));

        store.Write(writer => InstanceCatalog.Remove(writer, "student-1", force: true));
        Assert.Empty(store.Read(reader => reader.ListNicMetrics(default)));
        Assert.True(Report(store, "e3"));
    }

    [Fact]
    public void An_instance_that_no_running_enforcer_has_is_not_attached()
    {
        var time = new ManualTime();
        var store = Open(time);
        long id = FillWithInstances(store);
        Report(store, "e1", Measured(id, ProfileDirection.Ingress), Measured(id, ProfileDirection.Egress));
        var listed = store.Read(reader => NicMetricCatalog.List(reader));
        Assert.Equal(["Student-2", "Student-2", "student-1", "student-1"], listed.Select(metric => metric.Interface).OrderBy(name => name, StringComparer.Ordinal));
        Assert.Equal(["student-1", "student-1", "Student-2", "Student-2"], listed.Select(metric => metric.Interface));
        Assert.Equal([NicState.Attached, NicState.Attached, NicState.NotAttached, NicState.NotAttached], listed.Select(metric => metric.State));
        var idle = store.Read(reader => NicMetricCatalog.List(reader, "student-2"))[1];
        Assert.Equal((ProfileDirection.Egress, "slow", Slow.Bandwidth, Slow.Latency, 0.002), (idle.Direction, idle.Profile, idle.AskedBandwidth, idle.AskedLatency, idle.AskedLoss));
        Assert.Equal(("training", 10, null, time.GetUtcNow()), (idle.Session, idle.VlanId, idle.HostName, idle.Time));
    }

    [Fact]
    public void What_was_measured_over_time_is_kept_with_whoever_measured_it_and_goes_with_the_record()
    {
        var time = new ManualTime();
        var store = Open(time);
        long id = FillWithInstances(store);
        var begin = time.GetUtcNow();
        Report(store, "e1");
        Sample(store, "e1", Measured(id, ProfileDirection.Egress) with { Time = begin });
        Sample(store, "e1", Measured(id, ProfileDirection.Egress) with { Time = begin, Frames = 1 });
        time.Advance(TimeSpan.FromSeconds(30));
        Report(store, "e1");
        Sample(store, "e1", Measured(id, ProfileDirection.Egress) with { Time = time.GetUtcNow(), State = NicState.NotAttached, AskedBandwidth = null, Profile = null });
        Sample(store, "e1", Measured(id, ProfileDirection.Ingress) with { Time = time.GetUtcNow() });
        Sample(store, "e1", Measured(id + 1000, ProfileDirection.Ingress) with { Time = time.GetUtcNow() });

        var read = store.Read(reader => reader.ListNicSamples(id, time.GetUtcNow().AddSeconds(1)));
        Assert.Equal(
            [(ProfileDirection.Ingress, time.GetUtcNow()), (ProfileDirection.Egress, begin), (ProfileDirection.Egress, time.GetUtcNow())], read.Select(sample => (sample.Metric.Direction, sample.Metric.Time)));
        Assert.All(read, sample => Assert.Equal(time.GetUtcNow(), sample.SeenAt));
        Assert.Equal(
            Measured(id, ProfileDirection.Egress) with { Time = begin, Interface = "student-1", Instance = "student-1", Session = "training", VlanId = 10, HostName = "host-1", Process = "macseg/7" },
            read[1].Metric);
        Assert.Equal((NicState.NotAttached, null), (read[2].Metric.State, read[2].Metric.Profile));
        Assert.Equal([begin], store.Read(reader => reader.ListNicSamples(id, time.GetUtcNow())).Select(sample => sample.Metric.Time));

        // They outlive the enforcer's report, and not the record.
        store.Observe(observer =>
        {
            observer.DeleteNicReporter("e1");
            return 0;
        });
        Assert.Equal(read, store.Read(reader => reader.ListNicSamples(id, time.GetUtcNow().AddSeconds(1))));
        store.Write(writer => InstanceCatalog.Remove(writer, "student-1", force: true));
        Assert.Empty(store.Read(reader => reader.ListNicSamples(id, time.GetUtcNow().AddSeconds(1))));
    }

    [Fact]
    public void Samples_are_thinned_with_their_age_and_forgotten_after_a_week()
    {
        var time = new ManualTime();
        var store = Open(time);
        long id = FillWithInstances(store);
        var begin = DateTimeOffset.UnixEpoch.AddDays(20_000);
        time.Advance(begin - time.GetUtcNow());
        Report(store, "e1");
        for (int i = 0; i < 360; i++)
        {
            Sample(store, "e1", Measured(id, ProfileDirection.Egress) with { Time = begin.AddSeconds(10 * i), Frames = i });
        }

        time.Advance(TimeSpan.FromHours(1));
        Report(store, "e1");

        // An hour later: the last of each minute of the first half, all of the second.
        Thin(begin.AddHours(1), begin);
        var kept = Frames();
        Assert.Equal(Enumerable.Range(0, 30).Select(minute => (6L * minute) + 5).Concat(Enumerable.Range(180, 180).Select(i => (long)i)), kept);

        // Again and again is as once.
        Thin(begin.AddHours(1), begin.AddHours(1).AddMinutes(-5));
        Assert.Equal(kept, Frames());
        Thin(begin.AddHours(7), begin.AddHours(1));
        Assert.Equal([89L, 179L, 269L, 359L], Frames());
        Thin(begin.AddDays(7).AddMinutes(20), begin.AddHours(7));
        Assert.Equal([179L, 269L, 359L], Frames());
        Thin(begin.AddDays(8), begin.AddDays(7));
        Assert.Empty(Frames());

        long[] Frames() => [.. store.Read(reader => reader.ListNicSamples(id, begin.AddDays(9))).Select(sample => sample.Metric.Frames)];
        void Thin(DateTimeOffset now, DateTimeOffset since) => store.Observe(observer =>
        {
            observer.ThinNicSamples(now, since);
            return 0;
        });
    }

    private static void Sample(IMacStore store, string enforcerId, MacNicMetric metric) => store.Observe(observer =>
    {
        observer.InsertNicSample(metric with { EnforcerId = enforcerId });
        return 0;
    });

    private static long FillWithInstances(IMacStore store) => store.Write(writer =>
    {
        VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:00:00:00:00:10/44")] });
        ProfileCatalog.Create(writer, new MacProfile { Name = "slow", Egress = Slow });
        SessionCatalog.Create(writer, new SessionRequest { Name = "training", VlanId = 10, DefaultProfile = "slow" });
        InterfaceCatalog.Create(writer, new InterfaceRequest { Name = "alone", VlanId = 10, MacAddress = MacAddress.Parse("02:00:00:00:00:1e") });
        InstanceCatalog.Launch(writer, new InstanceRequest { Name = "Student-2", Session = "training" });
        return InstanceCatalog.Launch(writer, new InstanceRequest { Name = "student-1", Session = "training" }).InterfaceId;
    });

    private static MacNicMetric Measured(long interfaceId, ProfileDirection direction) => new MacNicMetric
    {
        Interface = string.Empty,
        InterfaceId = interfaceId,
        EnforcerId = "e1",
        Direction = direction,
        Profile = "slow",
        BitRate = new BitRate(500_000),
        QueueDepth = 7,
        AddedLatencyP50 = TimeSpan.FromMilliseconds(25.1),
        AddedLatencyP99 = TimeSpan.FromMilliseconds(90),
        Loss = 0.002151,
        Frames = long.MaxValue,
        Bytes = 1234,
        Dropped = 3,
    }.WithAsked(Slow);

    private static bool Report(IMacStore store, string enforcerId, params MacNicMetric[] metrics) => store.Observe(observer =>
    {
        bool isKnown = observer.UpsertNicReporter(new NicReporter { EnforcerId = enforcerId, HostName = "host-1", Process = "macseg/7", SeenAt = observer.Now });
        foreach (var metric in metrics)
        {
            observer.UpsertNicMetric(metric with { EnforcerId = enforcerId });
        }

        return isKnown;
    });
}
