using MacSegmentation.Profiles;
using MacSegmentation.Units;

namespace MacSegmentation.Measurement;

/// <summary>What is measured is what a profile does. A busy machine adds to a delay and takes from a rate, so only the other side is held to.</summary>
public sealed class ProfileMeterTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);

    [Fact]
    public void A_delay_is_found_in_its_direction_only()
    {
        var (ingress, egress) = Measure(new() { Latency = TimeSpan.FromMilliseconds(30) });
        Assert.Equal(("Ingress", TimeSpan.FromMilliseconds(30), 0), (ingress.Direction, ingress.AskedLatency, ingress.FramesLost));
        Assert.InRange(ingress.LatencyP50 + ingress.Baseline, TimeSpan.FromMilliseconds(29.9), TimeSpan.FromSeconds(30));
        Assert.True(ingress.LatencyP99 >= ingress.LatencyP50);
        Assert.Equal(("Egress", TimeSpan.Zero, 0, 0), (egress.Direction, egress.AskedLatency, egress.FramesLost, egress.FramesReordered));
        Assert.True(egress.LatencyP50 < ingress.LatencyP50);
        Assert.Null(ingress.Bandwidth);
    }

    [Fact]
    public void No_more_than_the_bandwidth_comes_through()
    {
        var (ingress, _) = Measure(new() { Bandwidth = BitRate.Parse("20mbit") });
        Assert.Equal(BitRate.Parse("20mbit"), ingress.AskedBandwidth);
        Assert.InRange(ingress.Bandwidth!.Value.BitsPerSecond, 1_000_000, 20_400_000);
        Assert.Equal(0, ingress.FramesLost);
    }

    [Fact]
    public void What_is_lost_comes_twice_or_is_corrupted_is_counted()
    {
        var lost = Measure(new() { LossRate = Percentage.All }).Ingress;
        Assert.Equal((lost.FramesSent, 1.0, 1.0), (lost.FramesLost, lost.Loss, lost.AskedLoss));
        Assert.Equal(TimeSpan.Zero, lost.LatencyP50);
        var twice = Measure(new() { DuplicateRate = Percentage.All }).Ingress;
        Assert.Equal((twice.FramesSent, 0), (twice.FramesDuplicated, twice.FramesLost));
        var corrupted = Measure(new() { CorruptRate = Percentage.All }).Ingress;

        // One bit of a hundred octets, at times one of the addresses, at which nobody looks.
        Assert.InRange(corrupted.FramesCorrupted, corrupted.FramesSent / 2, corrupted.FramesSent);
        Assert.Equal(0, corrupted.FramesLost);
    }

    [Fact]
    public void The_same_seed_loses_as_much()
    {
        var link = new LinkProfile { LossRate = Percentage.Parse("20%") };
        int first = Measure(link, seed: 7).Ingress.FramesLost;
        Assert.InRange(first, 1, Measure(link, seed: 7).Ingress.FramesSent - 1);
        Assert.Equal(first, Measure(link, seed: 7).Ingress.FramesLost);
    }

    [Fact]
    public void A_frame_with_a_priority_is_known_by_its_number_too()
    {
        var egress = ProfileMeter.Measure(new MacProfile { Name = "x", Priority = 5, Egress = new() { Latency = TimeSpan.FromMilliseconds(1) } }, Short, cancellation: TestContext.Current.CancellationToken).Last();
        Assert.Equal((0, 0), (egress.FramesLost, egress.FramesCorrupted));
    }

    [Fact]
    public async Task It_ends_when_it_is_told_to()
    {
        using var stop = new CancellationTokenSource();
        var profile = new MacProfile { Name = "x", Ingress = new() { Latency = TimeSpan.FromSeconds(60) } };
        var measuring = Task.Run(() => ProfileMeter.Measure(profile, ProfileMeter.MaxTime, cancellation: stop.Token).Count(), TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => measuring);
    }

    private static (MacProfileMeasurement Ingress, MacProfileMeasurement Egress) Measure(LinkProfile ingress, long? seed = null)
    {
        MacProfileMeasurement[] both = [.. ProfileMeter.Measure(new MacProfile { Name = "x", Ingress = ingress }, Short, seed, TestContext.Current.CancellationToken)];
        return (both[0], both[1]);
    }
}
