using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.Units;

namespace MacSegmentation.Profiles;

/// <summary>Legal vNIC profiles in which every value is there sometimes, and as it is by itself otherwise.</summary>
internal static class ProfileGenerator
{
    public static Gen<LinkProfile> Links { get; } = Gen.Choose(0, int.MaxValue - 1).Select(seed => MakeLink(new Random(seed)));

    public static Gen<MacProfile> Profiles { get; } = Gen.Choose(0, int.MaxValue - 1).Select(seed => Make(new Random(seed), "p"));

    /// <summary>A profile with this name.</summary>
    public static MacProfile Make(Random random, string name) => new()
    {
        Name = name,
        Description = random.Next(2) == 0 ? string.Empty : $"f\u00fcr \"{random.Next(9)}\"",
        Ingress = random.Next(4) == 0 ? LinkProfile.None : MakeLink(random),
        Egress = random.Next(4) == 0 ? LinkProfile.None : MakeLink(random),
        Priority = Maybe(random, 8),
        Dscp = Maybe(random, 64),
        SchedulingClass = Any<SchedulingClass>(random),
        AddressRange = random.Next(3) == 0 ? MacRange.Parse("06:10:00:00:00:00/40") : null,
        MaxSegmentSize = 88 + Maybe(random, 65_448),
        MaxWindowScale = Maybe(random, 15),
        AllowEcn = Maybe(random, 2) is { } isAllowed ? isAllowed == 1 : null,
        Preset = random.Next(3) == 0 ? "lte" : null,
    };

    private static LinkProfile MakeLink(Random random)
    {
        var latency = Time(random);
        var bound = Any<JitterBound>(random);
        return new LinkProfile
        {
            Bandwidth = random.Next(3) == 0 ? null : new BitRate(1000L * random.Next(1, 100_000_001)),
            Burst = random.Next(2) == 0 ? 0 : random.Next(64, (1 << 30) + 1),
            Latency = latency,
            Jitter = bound is JitterBound.None ? latency / random.Next(1, 5) : Time(random),
            Distribution = Any<JitterDistribution>(random),
            JitterCorrelation = Share(random),
            JitterBound = bound,
            Reorder = random.Next(2) == 0,
            LossRate = default,
            BurstLoss = random.Next(2) == 0 ? null : new BurstLoss(new Percentage(random.Next(1, 1_000_001)), new Percentage(random.Next(1, 1_000_001)), Share(random), Share(random)),
            DuplicateRate = Share(random),
            CorruptRate = Share(random),
            ReorderRate = Share(random),
            QueueLimit = random.Next(2) == 0 ? LinkProfile.DefaultQueueLimit : random.Next(1, 100_001),
            QueueTime = Time(random),
            QueueManagement = Any<QueueManagement>(random),
            EcnMarking = random.Next(2) == 0,
        } is var link && link.BurstLoss is null ? WithTrace(random, link with { LossRate = Share(random) }) : link;
    }

    private static LinkProfile WithTrace(Random random, LinkProfile link) =>
        link.JitterBound is JitterBound.None || random.Next(3) > 0 ? link : link with { Trace = LinkTraceTests.Any(random) };

    private static TimeSpan Time(Random random) => random.Next(4) switch
    {
        0 => TimeSpan.Zero,
        1 => TimeSpan.FromMilliseconds(random.Next(60_001)),
        2 => TimeSpan.FromTicks(random.NextInt64(600_000_001)),
        _ => TimeSpan.FromSeconds(random.Next(61)),
    };

    private static Percentage Share(Random random) => random.Next(3) == 0 ? default : new Percentage(random.Next(1_000_001));

    private static int? Maybe(Random random, int count) => random.Next(2) == 0 ? null : random.Next(count);

    private static T Any<T>(Random random)
        where T : struct, Enum => Enum.GetValues<T>() is var values ? values[random.Next(values.Length)] : default;
}
