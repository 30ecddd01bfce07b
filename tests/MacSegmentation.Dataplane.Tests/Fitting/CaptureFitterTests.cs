using MacSegmentation.Captures;
using MacSegmentation.Enforcement;
using MacSegmentation.Errors;
using MacSegmentation.Events;
using MacSegmentation.Policies;
using MacSegmentation.Profiles;
using MacSegmentation.Stores;
using MacSegmentation.Units;
using MacSegmentation.Verdicts;
using static MacSegmentation.Switch.BridgeFrames;

namespace MacSegmentation.Fitting;

/// <summary>A known profile is emulated over a capture, and what is fitted to the pair is what was asked for.</summary>
public sealed class CaptureFitterTests : IDisposable
{
    private const long Began = 1_700_000_000_000_000_000;
    private const long Microsecond = 1_000;
    private const long Millisecond = 1_000_000;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Latency_is_found_to_the_timestamps_resolution(bool isNanosecond)
    {
        var fit = await Emulate(new LinkProfile { Latency = TimeSpan.FromTicks(251_234) }, 1_000, Millisecond, isNanosecond: isNanosecond);
        Assert.InRange(fit.Egress!.Link.Latency, TimeSpan.FromTicks(251_234 - 10), TimeSpan.FromTicks(251_234 + 10));
        Assert.Equal((TimeSpan.Zero, default, null), (fit.Egress.Link.Jitter, fit.Egress.Link.LossRate, fit.Egress.Link.BurstLoss));
        Assert.True(fit.Egress.IsBandwidthLowerBound);
        Assert.Null(fit.Ingress);
        Assert.Equal(3, fit.Remarks.Count);
        Assert.Contains(fit.Remarks, remark => remark.Contains("clocks compare", StringComparison.Ordinal));
        Assert.Contains(fit.Remarks, remark => remark.Contains("may carry more", StringComparison.Ordinal));
    }

    /// <summary>Random loss within the 99 % interval of what was asked, and not taken for bursts; at the ends nothing is lost.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Random_loss_is_found(int seed)
    {
        const int count = 20_000;
        var fit = await Emulate(new LinkProfile { LossRate = Percentage.Parse("2%"), Latency = TimeSpan.FromMilliseconds(5) }, count, 100 * Microsecond, seed);
        Assert.Null(fit.Egress!.Link.BurstLoss);
        double interval = 2.58 * Math.Sqrt(0.02 * 0.98 / count);
        Assert.InRange(fit.Egress.Link.LossRate.Fraction, 0.02 - interval, 0.02 + interval);
    }

    [Theory]
    [InlineData("1%,20%")]
    [InlineData("0.5%,50%")]
    public async Task Loss_in_bursts_is_found(string text)
    {
        const int count = 50_000;
        var asked = BurstLoss.Parse(text);
        var found = (await Emulate(new LinkProfile { BurstLoss = asked }, count, 100 * Microsecond)).Egress!.Link.BurstLoss!;

        // Of geometric run lengths, 99 % and more: 3 deviations of their number.
        double bursts = count * asked.P.Fraction * asked.R.Fraction / (asked.P.Fraction + asked.R.Fraction);
        Assert.InRange(found.P.Fraction / asked.P.Fraction, 1 - (3 / Math.Sqrt(bursts)), 1 + (3 / Math.Sqrt(bursts)));
        Assert.InRange(found.R.Fraction / asked.R.Fraction, 1 - (3 / Math.Sqrt(bursts)), 1 + (3 / Math.Sqrt(bursts)));
        Assert.Equal((Percentage.All, default), (found.BadLoss, found.GoodLoss));
    }

    /// <summary>Where frames wait the bandwidth is found, and their waiting is no latency.</summary>
    [Fact]
    public async Task The_bandwidth_is_found_where_frames_wait()
    {
        var fit = await Emulate(new LinkProfile { Bandwidth = BitRate.Parse("2mbit"), Burst = 100, Latency = TimeSpan.FromMilliseconds(10), QueueLimit = 100_000 }, 4_000, 200 * Microsecond, pauseEvery: 200);
        Assert.False(fit.Egress!.IsBandwidthLowerBound);
        Assert.InRange(fit.Egress.Link.Bandwidth!.Value.BitsPerSecond, 1_980_000, 2_020_000);
        Assert.InRange(fit.Egress.Link.Latency.TotalMilliseconds, 9.9, 10.5);
    }

    [Theory]
    [InlineData(JitterDistribution.Uniform)]
    [InlineData(JitterDistribution.Normal)]
    public async Task Jitter_is_found(JitterDistribution distribution)
    {
        var asked = new LinkProfile { Latency = TimeSpan.FromMilliseconds(40), Jitter = TimeSpan.FromMilliseconds(6), Distribution = distribution };
        var found = (await Emulate(asked, 40_000, 2 * Millisecond)).Egress!.Link;
        Assert.Equal(distribution, found.Distribution);
        Assert.InRange(found.Latency.TotalMilliseconds, 39, 41.5);
        Assert.InRange(found.Jitter.TotalMilliseconds, 5, 7);
        Assert.False(found.Reorder);
    }

    /// <summary>Both ways, and clocks that differ: an offset that is given is kept, else each way is half of both.</summary>
    [Fact]
    public void Both_ways_and_the_clocks_are_told_apart()
    {
        var (near, far) = (new CaptureBuilder(false).Pcap(isNanosecond: true), new CaptureBuilder(false).Pcap(isNanosecond: true));
        long skew = 3 * Millisecond;
        for (int i = 0; i < 500; i++)
        {
            long time = Began + (i * 10 * Millisecond);
            Add(near, time, Numbered(i, isBack: false));
            Add(far, time + (8 * Millisecond) + skew, Numbered(i, isBack: false));
            Add(far, time + (9 * Millisecond) + skew, Numbered(i, isBack: true));
            Add(near, time + (9 * Millisecond) + (4 * Millisecond), Numbered(i, isBack: true));
        }

        var (one, other) = (folder.Write("near.pcap", near.ToArray()), folder.Write("far.pcap", far.ToArray()));
        var given = CaptureFitter.Fit(one, other, TimeSpan.FromMilliseconds(3));
        Assert.Equal((8.0, 4.0), (given.Egress!.Link.Latency.TotalMilliseconds, given.Ingress!.Link.Latency.TotalMilliseconds));
        Assert.Equal((500L, 500L, 0L, 0L), (given.Egress.FramesSent, given.Ingress.FramesSent, given.Egress.FramesLost, given.Ingress.FramesLost));
        var half = CaptureFitter.Fit(one, other);
        Assert.Equal((6.0, 6.0, 5.0), (half.Egress!.Link.Latency.TotalMilliseconds, half.Ingress!.Link.Latency.TotalMilliseconds, half.ClockOffset.TotalMilliseconds));
        Assert.Contains("half of both", half.Remarks[0], StringComparison.Ordinal);
    }

    /// <summary>What a way changes (time to live, checksum, a tag) makes no other frame of it, nor does a capture that is cut; what is before and after is not lost; pcapng is read too.</summary>
    [Fact]
    public void Frames_are_the_same_whatever_a_way_changes()
    {
        var near = new CaptureBuilder(false).Section(bigEndian: false).Interface(resolution: 9);
        var far = new CaptureBuilder(false).Pcap();
        for (int i = 0; i < 100; i++)
        {
            long time = Began + (i * Millisecond);
            byte[] sent = Numbered(i, isBack: false);
            near.Enhanced(0, (ulong)time, sent);
            if (i is >= 20 and < 90 && i != 50)
            {
                byte[] got = [.. sent[..12], 0x81, 0, 0, 10, .. sent[12..]];
                got[18 + 8]--;
                got[18 + 10] ^= 0x55;
                Add(far, time + (5 * Millisecond), got[..56], got.Length, isMicrosecond: true);
            }
        }

        var fit = CaptureFitter.Fit(folder.Write("near.pcapng", near.ToArray()), folder.Write("far.pcap", far.ToArray()), TimeSpan.Zero);
        Assert.Equal((70L, 1L), (fit.Egress!.FramesSent, fit.Egress.FramesLost));
        Assert.Equal(5.0, fit.Egress.Link.Latency.TotalMilliseconds);
    }

    [Fact]
    public void Captures_of_different_things_are_refused()
    {
        var (near, far) = (new CaptureBuilder(false).Pcap(), new CaptureBuilder(false).Pcap());
        for (int i = 0; i < 10; i++)
        {
            Add(near, Began + i, Numbered(i, isBack: false), isMicrosecond: true);
            Add(far, Began + i, Numbered(i + 100, isBack: false), isMicrosecond: true);
        }

        var refused = Assert.Throws<MacSegmentationException>(() => CaptureFitter.Fit(folder.Write("a.pcap", near.ToArray()), folder.Write("b.pcap", far.ToArray())));
        Assert.Equal("CapturesDoNotOverlap", refused.ErrorId);
    }

    private static byte[] Numbered(int number, bool isBack)
    {
        byte[] frame = isBack ? Udp(MacB, MacA, B, A) : Udp(MacA, MacB, A, B);

        // Where the identification of the packet is, so that it is there in a cut capture too.
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(18), (ushort)number);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(38), (ushort)(number >> 16));
        return frame;
    }

    private static void Add(CaptureBuilder builder, long time, byte[] frame, int? original = null, bool isMicrosecond = false) =>
        builder.Record((uint)(time / 1_000_000_000), (uint)(time % 1_000_000_000 / (isMicrosecond ? 1_000 : 1)), frame, original);

    private async Task<CaptureFit> Emulate(LinkProfile link, int count, long interval, int seed = 1, bool isNanosecond = true, int pauseEvery = int.MaxValue)
    {
        var near = new CaptureBuilder(false).Pcap(isNanosecond);
        long time = Began;
        for (int i = 0; i < count; i++)
        {
            time += i % pauseEvery == 0 ? 500 * Millisecond : interval;
            Add(near, time, Numbered(i, isBack: false), isMicrosecond: !isNanosecond);
        }

        string one = folder.Write("near.pcap", near.ToArray());
        string other = folder.File("far.pcap");
        var snapshot = new ConfigurationSnapshot(1, [new VlanPolicies(1, PolicyAction.Allow, [])]).With<MacProfile>([new MacProfile { Name = "p", Egress = link }]);
        using var enforcer = new PolicyEnforcer(
            snapshot, DecisionTable.Compile(snapshot), [CaptureRoute.Open(one, other).With("p", ProfileDirection.Egress)], new EnforcerOptions { Seed = seed });
        enforcer.Start();
        await Await.End(enforcer);
        Assert.Null(enforcer.Error);
        return CaptureFitter.Fit(one, other);
    }
}
