using MacSegmentation.Profiles;
using MacSegmentation.Units;

namespace MacSegmentation.Emulation;

/// <summary>Losses, duplicates, corruption: as often as was asked, by seeds that repeat them.</summary>
public class LossTests
{
    private const int Frames = 100_000;

    /// <summary>Of the standard normal distribution, for 99 %.</summary>
    private const double Quantile = 2.576;

    /// <summary>Of the chi-square distribution with 15 degrees of freedom, for 99 %.</summary>
    private const double ChiSquare = 30.578;

    public static TheoryData<string, ulong> Shares => [.. new[] { "0.1%", "1%", "10%", "50%" }.SelectMany(share => new ulong[] { 1, 2, 3 }.Select(seed => (share, seed)))];

    [Theory]
    [MemberData(nameof(Shares))]
    public void As_many_are_lost_as_the_share_says(string share, ulong seed)
    {
        var bench = new LinkBench(new LinkProfile { LossRate = Percentage.Parse(share) }, seed);
        SendAll(bench);
        AssertShare(Percentage.Parse(share).Fraction, bench.GivenUp("EmulatedLoss"));
        Assert.Equal(Frames, bench.Left.Count + bench.GivenUp("EmulatedLoss"));
    }

    [Theory]
    [MemberData(nameof(Shares))]
    public void As_many_come_twice_or_with_another_bit_as_the_share_says(string share, ulong seed)
    {
        var bench = new LinkBench(new LinkProfile { DuplicateRate = Percentage.Parse(share) }, seed);
        SendAll(bench);
        AssertShare(Percentage.Parse(share).Fraction, bench.Queue.Meter.Duplicates);
        Assert.Equal(Frames + bench.Queue.Meter.Duplicates, bench.Left.Count);
        var corrupting = new LinkBench(new LinkProfile { CorruptRate = Percentage.Parse(share) }, seed);
        SendAll(corrupting);
        AssertShare(Percentage.Parse(share).Fraction, corrupting.Queue.Meter.Corrupted);
        Assert.Equal(Frames, corrupting.Left.Count);
    }

    /// <summary>Runs of losses are as long as a geometric distribution says.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Bursts_are_as_long_as_the_model_says(ulong seed)
    {
        var model = new BurstLoss(Percentage.Parse("2%"), Percentage.Parse("25%"), Percentage.All, default);
        var process = new LossProcess(new SeededRandom(seed));
        process.Use(new LinkProfile { BurstLoss = model });
        var runs = new int[16];
        var (run, lost, frames) = (0, 0, 1_000_000);
        for (int i = 0; i < frames; i++)
        {
            if (process.Loses())
            {
                run++;
                lost++;
            }
            else if (run > 0)
            {
                runs[Math.Min(run, runs.Length) - 1]++;
                run = 0;
            }
        }

        double total = runs.Sum();
        double chi = 0;
        for (int i = 0; i < runs.Length; i++)
        {
            double expected = total * (i == runs.Length - 1 ? Math.Pow(0.75, i) : 0.25 * Math.Pow(0.75, i));
            chi += (runs[i] - expected) * (runs[i] - expected) / expected;
        }

        Assert.InRange(chi, 0, ChiSquare);
        Assert.InRange((double)lost / frames, model.MeanLoss * 0.97, model.MeanLoss * 1.03);
    }

    [Fact]
    public void A_seed_repeats_and_another_does_not()
    {
        var link = new LinkProfile { LossRate = Percentage.Parse("10%"), Jitter = TimeSpan.FromMilliseconds(2), Latency = TimeSpan.FromMilliseconds(5) };
        var (one, same, other) = (new LinkBench(link, 7), new LinkBench(link, 7), new LinkBench(link, 8));
        Array.ForEach([one, same, other], SendAll);
        Assert.Equal(one.Left, same.Left);
        Assert.NotEqual(one.Left, other.Left);
    }

    /// <summary>Each kind of draw has a sequence of its own.</summary>
    [Fact]
    public void A_duplicate_changes_nothing_about_losses()
    {
        var link = new LinkProfile { LossRate = Percentage.Parse("10%") };
        var (one, other) = (new LinkBench(link), new LinkBench(link with { DuplicateRate = Percentage.Parse("5%") }));
        SendAll(one);
        SendAll(other);
        Assert.Equal(one.Left.Select(frame => frame.Number), other.Left.Select(frame => frame.Number).Distinct());
    }

    private static void SendAll(LinkBench bench)
    {
        for (int i = 0; i < Frames; i++)
        {
            bench.Send(i * 10_000L, i, length: 60);
        }

        bench.RunOut();
    }

    private static void AssertShare(double share, long found) =>
        Assert.InRange(found, (Frames * share) - (Quantile * Math.Sqrt(Frames * share * (1 - share))), (Frames * share) + (Quantile * Math.Sqrt(Frames * share * (1 - share))));
}
