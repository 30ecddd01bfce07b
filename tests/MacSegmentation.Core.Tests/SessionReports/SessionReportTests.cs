using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.NetworkSessions;
using MacSegmentation.NicMetrics;
using MacSegmentation.Profiles;
using MacSegmentation.Stores;
using MacSegmentation.Units;
using MacSegmentation.Vlans;

namespace MacSegmentation.SessionReports;

/// <summary>The report of a session tells what was asked, what was got, and when nothing was measured, from samples and the audit.</summary>
public sealed class SessionReportTests : IDisposable
{
    private static readonly LinkProfile Slow = new() { Bandwidth = new BitRate(1_000_000), Latency = TimeSpan.FromMilliseconds(25), LossRate = new Percentage(2000) };
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("macseg-");
    private readonly ManualTime time = new();
    private readonly InMemoryStore store;
    private readonly long id;
    private readonly DateTimeOffset begin;

    public SessionReportTests()
    {
        store = new InMemoryStore(time);
        begin = time.GetUtcNow();
        id = store.Write(writer =>
        {
            VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:10:00:00:00:00/40")] });
            writer.InsertProfile(new MacProfile { Name = "slow", Egress = Slow });
            writer.InsertProfile(new MacProfile { Name = "fast" });
            SessionCatalog.Create(writer, new SessionRequest { Name = "training-7", VlanId = 10, DefaultProfile = "slow" });
            return InstanceCatalog.Launch(writer, new InstanceRequest { Name = "student-<1>", Session = "training-7" }).InterfaceId;
        });
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void It_says_what_was_asked_with_its_cause_what_was_got_and_when_nothing_was_measured()
    {
        Pass(60);
        Sample(500_000, 10, "slow", Slow);
        Pass(20);
        Sample(990_000, 30, "slow", Slow);
        Pass(20);
        store.Write(writer => InstanceCatalog.Change(writer, "student-<1>", "fast"));
        Pass(1);
        Sample(5_000_000, 90, "fast", LinkProfile.None);
        Pass(29);
        See();

        // It is gone: silent for two minutes.
        time.Advance(TimeSpan.FromSeconds(120));
        var report = store.Read(reader => SessionReporter.Read(reader, "TRAINING-7"));
        Assert.Equal(("training-7", 10, "slow", begin, time.GetUtcNow()), (report.Session, report.VlanId, report.DefaultProfile, report.Since, report.Until));
        var instance = Assert.Single(report.Instances);
        Assert.Equal(("student-<1>", "fast", ProfileSource.Override), (instance.Name, instance.Profile, instance.ProfileSource));
        Assert.Equal(["LaunchInstance", "ChangeInstance"], instance.Changes.Select(change => $"{change.Action}"));

        var egress = instance.Egress;
        Assert.Equal(
            [("slow", 60, 101, 1_000_000L, 25.0, 0.002), ("fast", 101, 130, null, 0.0, 0.0)],
            egress.Asked.Select(asked => (asked.Profile!, Second(asked.Since), Second(asked.Until), asked.Bandwidth, asked.Latency, asked.Loss)));
        Assert.StartsWith("LaunchInstance student-<1>: ", egress.Asked[0].Cause, StringComparison.Ordinal);
        Assert.StartsWith("ChangeInstance student-<1>: ", egress.Asked[1].Cause, StringComparison.Ordinal);
        Assert.EndsWith(": changed", egress.Asked[1].Cause, StringComparison.Ordinal);
        Assert.Equal([(0, 60), (130, 250)], egress.NotMeasured.Select(gap => (Second(gap.Since), Second(gap.Until))));
        Assert.Equal(0.28, egress.MeasuredShare);
        Assert.Equal((5_000_000L, 80L, 8000L), (egress.MaxBitRate, egress.Frames, egress.Bytes));
        Assert.Equal([(60, 80), (80, 101), (101, 130)], egress.Samples.Select(sample => (Second(sample.Time), Second(sample.Until))));

        // Nobody measured what went to it.
        Assert.Empty(instance.Ingress.Samples);
        Assert.Equal([(0, 250)], instance.Ingress.NotMeasured.Select(gap => (Second(gap.Since), Second(gap.Until))));
        Assert.Equal((0.0, null), (instance.Ingress.MeasuredShare, instance.Ingress.MaxBitRate));
    }

    [Fact]
    public void A_part_of_the_time_has_what_held_in_it()
    {
        Sample(500_000, 10, "slow", Slow);
        Pass(100);
        Sample(600_000, 20, "slow", Slow);
        Pass(100);
        See();
        var egress = store.Read(reader => SessionReporter.Read(reader, "training-7", begin.AddSeconds(50), begin.AddSeconds(150))).Instances[0].Egress;
        Assert.Equal([(50, 100, 500_000L), (100, 150, 600_000L)], egress.Samples.Select(sample => (Second(sample.Time), Second(sample.Until), sample.BitRate)));
        Assert.Empty(egress.NotMeasured);
        Assert.Equal(1, egress.MeasuredShare);
        var late = Assert.Throws<MacSegmentationException>(() => store.Read(reader => SessionReporter.Read(reader, "training-7", begin.AddHours(9))));
        Assert.Equal("InvalidReportTime", late.ErrorId);
        Assert.Equal("SessionNotFound", Assert.Throws<MacSegmentationException>(() => store.Read(reader => SessionReporter.Read(reader, "nobody"))).ErrorId);
    }

    [Fact]
    public void A_port_that_an_enforcer_lost_is_not_measured_from_then_on()
    {
        Sample(500_000, 10, "slow", Slow);
        Pass(30);
        Sample(500_000, 10, "slow", Slow, NicState.NotAttached);
        Pass(30);
        See();
        var egress = store.Read(reader => SessionReporter.Read(reader, "training-7")).Instances[0].Egress;
        Assert.Equal([(30, 60)], egress.NotMeasured.Select(gap => (Second(gap.Since), Second(gap.Until))));
        Assert.Single(egress.Samples);
    }

    [Fact]
    public void Json_reads_back()
    {
        Sample(500_000, 10, "slow", Slow);
        Pass(20);
        See();
        var report = store.Read(reader => SessionReporter.Read(reader, "training-7"));
        string path = Path.Join(folder.FullName, "report.json");
        SessionReportFile.Write(path, report);
        var read = SessionReportFile.Read(path);
        Assert.Equal(SessionReportJson.Write(report), SessionReportJson.Write(read));
        Assert.Equal(report.Instances[0].Egress.Samples, read.Instances[0].Egress.Samples);
        Assert.Equal((SessionReport.FormatName, 1), (read.Format, read.Version));

        // What a later version adds is passed over; a later version is not guessed at.
        string text = File.ReadAllText(path);
        File.WriteAllText(path, text.Replace("\"madeAt\"", "\"news\": [1], \"madeAt\"", StringComparison.Ordinal));
        Assert.Equal(report.MadeAt, SessionReportFile.Read(path).MadeAt);
        Refused(text.Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal));
        Refused("{}");
        Refused("null");
        Refused(text[..^10]);
        Assert.Equal("ReportFileUnreadable", Assert.Throws<MacSegmentationException>(() => SessionReportFile.Read(Path.Join(folder.FullName, "none.json"))).ErrorId);

        void Refused(string other)
        {
            File.WriteAllText(path, other);
            Assert.Equal("InvalidReport", Assert.Throws<MacSegmentationException>(() => SessionReportFile.Read(path)).ErrorId);
        }
    }

    [Fact]
    public void A_page_is_one_file_with_its_pictures_and_escapes_what_others_wrote()
    {
        Sample(500_000, 10, "slow", Slow);
        Pass(20);
        Sample(700_000, 20, "slow", Slow);
        Pass(20);
        See();
        string page = SessionReportPage.Write(store.Read(reader => SessionReporter.Read(reader, "training-7")));
        Assert.Contains("student-&lt;1&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("student-<1>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http:", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("https:", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("url(", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", page, StringComparison.Ordinal);
        Assert.Equal(3, page.Split("<svg ").Length - 1);
        Assert.Equal(7, page.Split("class=\"line ").Length - 1);
        Assert.Contains("Not measured: no enforcer had the port (NotAttached).", page, StringComparison.Ordinal);

        // 500 of 1,000 kbit/s, halfway up, for the first half of the time; then 700.
        Assert.Contains("<path class=\"line got\" d=\"M64 68H352V44.8H640\"/>", page, StringComparison.Ordinal);
        Assert.Contains("<path class=\"line asked\" d=\"M64 10H352V10H640\"/>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_without_instances_has_a_page()
    {
        store.Write(writer => SessionCatalog.Create(writer, new SessionRequest { Name = "empty", VlanId = 10 }));
        Pass(5);
        var report = store.Read(reader => SessionReporter.Read(reader, "empty"));
        Assert.Empty(report.Instances);
        Assert.Contains("no instances", SessionReportPage.Write(report), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_says_no_format_or_may_not_be_replaced_is_refused()
    {
        var report = store.Read(reader => SessionReporter.Read(reader, "training-7"));
        Assert.Equal("ReportFormatUnknown", Assert.Throws<MacSegmentationException>(() => SessionReportFile.Write(Path.Join(folder.FullName, "report.txt"), report)).ErrorId);
        string path = Path.Join(folder.FullName, "report.HTML");
        SessionReportFile.Write(path, report, mayReplace: false);
        Assert.Equal("ReportFileExists", Assert.Throws<MacSegmentationException>(() => SessionReportFile.Write(path, report, mayReplace: false)).ErrorId);
        Assert.Equal("ReportFileUnwritable", Assert.Throws<MacSegmentationException>(() => SessionReportFile.Write(Path.Join(folder.FullName, "no", "report.html"), report)).ErrorId);
    }

    private int Second(DateTimeOffset moment) => (int)(moment - begin).TotalSeconds;

    /// <summary>Time passes, in which the enforcer is there.</summary>
    private void Pass(int seconds) => time.Advance(TimeSpan.FromSeconds(seconds));

    private void See() => store.Observe(observer => observer.UpsertNicReporter(new NicReporter { EnforcerId = "e1", HostName = "host-1", Process = "macseg/7", SeenAt = observer.Now }));

    private void Sample(long rate, long frames, string profile, LinkProfile asked, NicState state = NicState.Attached)
    {
        See();
        store.Observe(observer =>
        {
            observer.InsertNicSample(new MacNicMetric
            {
                Time = observer.Now,
                Interface = string.Empty,
                InterfaceId = id,
                EnforcerId = "e1",
                Direction = ProfileDirection.Egress,
                State = state,
                Profile = profile,
                BitRate = new BitRate(rate),
                AddedLatencyP50 = TimeSpan.FromMilliseconds(25.1),
                AddedLatencyP99 = TimeSpan.FromMilliseconds(90),
                Loss = 0.0021,
                Frames = frames,
                Bytes = frames * 100,
            }.WithAsked(asked));
            return 0;
        });
    }
}
