using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Errors;
using MacSegmentation.Units;

namespace MacSegmentation.Profiles;

/// <summary>Recordings: read, packed, written out again; and what is refused with its line.</summary>
public sealed class LinkTraceTests
{
    [Fact]
    public void A_recording_comes_back_from_its_text_and_from_its_file()
    {
        int rows = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var trace = Any(random);
            rows += trace.GetSteps().Length;
            var again = LinkTrace.Parse(trace.ToString());
            Assert.Equal(trace, again);
            Assert.Equal(trace.GetSteps(), again.GetSteps());
            Assert.Equal(trace.GetDeliveries(), again.GetDeliveries());
            var read = LinkTrace.Read(trace.ToFileText(), isOnce: trace.IsOnce);
            Assert.Equal((trace, trace.ToString()), (read, read.ToString()));
            Assert.Equal(trace, LinkProfile.Parse($"{LinkProfile.None with { Trace = trace, LossRate = Percentage.Parse("1%") }}").Trace);
        }));
        Assert.True(rows > 500);
    }

    [Fact]
    public void Columns_may_be_left_out_and_empty_cells_say_the_same_as_before()
    {
        var trace = LinkTrace.Read("Time;Bandwidth;Loss\n# from a car\n10;10mbit;\n10.5;;0.1%\n12s;0;\n");
        Assert.Equal(
            [new TraceStep(TimeSpan.Zero, BitRate.Parse("10mbit"), null, null), new TraceStep(TimeSpan.FromSeconds(0.5), BitRate.Parse("10mbit"), null, Percentage.Parse("0.1%")), new TraceStep(TimeSpan.FromSeconds(2), new BitRate(0), null, Percentage.Parse("0.1%"))],
            trace.GetSteps());
        Assert.Equal(TimeSpan.FromSeconds(3.5), trace.Duration);
        Assert.Matches("^Csv, 3 rows, 3500ms, looped, [0-9a-f]{12}$", trace.Describe());
        Assert.Equal(TimeSpan.FromMilliseconds(21), LinkTrace.Read("0\n3\n21\n").Duration);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("1\n5\n4\n", "line 3: 4 comes after 5")]
    [InlineData("1\n-5\n", "line 2: '-5' is not a millisecond")]
    [InlineData("0\n0\n", "line 2: all deliveries are at 0")]
    [InlineData("time,speed\n0,1mbit\n", "line 1: there is no column 'speed'")]
    [InlineData("rate\n1mbit\n", "line 1: the first line names time")]
    [InlineData("time,rate\n", "line 1: the first line names time")]
    [InlineData("time,delay\n0,25\n", "line 2: '25' has no unit")]
    [InlineData("time,delay\n0,25ms\n0,26ms\n", "line 3: 0s comes after 0s")]
    [InlineData("time,delay\n0,25ms,1\n", "line 2: there are 3 values for 2 columns")]
    [InlineData("time,rate\n0,10mb\n", "line 2: ")]
    [InlineData("time,rate\n0,10bit\n", "line 2: 10bit is no bandwidth")]
    [InlineData("time,rate\n0,0\n1,0\n", "the rate is 0 in all rows")]
    [InlineData("time,loss\n0,101%\n", "line 2: 101% is no loss")]
    [InlineData("time,delay\n0,61s\n", "line 2: 61s is no delay")]
    public void What_is_wrong_is_refused_with_its_line(string text, string sentence)
    {
        var refused = Assert.Throws<MacSegmentationException>(() => LinkTrace.Read(text, name: "x.csv"));
        Assert.Equal("InvalidTrace", refused.ErrorId);
        Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_too_long_is_refused_with_the_limit()
    {
        var refused = Assert.Throws<MacSegmentationException>(() => LinkTrace.Read(string.Join('\n', Enumerable.Range(1, LinkTrace.MaxLength + 1))));
        Assert.Equal("TraceTooLong", refused.ErrorId);
        Assert.Contains("1000001 deliveries, and 1000000 are allowed", refused.Message, StringComparison.Ordinal);
        var random = new Random(1);
        var packed = Assert.Throws<MacSegmentationException>(() => LinkTrace.Read("time,rate\n" + string.Join('\n', Enumerable.Range(0, 300_000).Select(i => $"{i},{random.NextInt64(1_000, 100_000_000_000)}"))));
        Assert.Equal("TraceTooLong", packed.ErrorId);
        Assert.Contains("characters packed, and 1048576 are allowed", packed.Message, StringComparison.Ordinal);
    }

    /// <summary>Whatever is changed about a text is refused, and nothing that is small becomes large.</summary>
    [Fact]
    public void A_changed_text_is_refused()
    {
        string text = LinkTrace.Read("1\n2\n3\n").ToString();
        int refused = 0;
        for (int i = 0; i < text.Length; i++)
        {
            foreach (char other in "A0:/")
            {
                string changed = $"{text[..i]}{other}{text[(i + 1)..]}";
                if (!LinkTrace.TryParse(changed, provider: null, out var read))
                {
                    refused++;
                }
                else
                {
                    Assert.Equal(LinkTrace.Parse(text).GetDeliveries(), read.GetDeliveries());
                }
            }
        }

        Assert.True(refused > text.Length);
        Assert.Throws<FormatException>(() => LinkTrace.Parse("Mahimahi:Loop:00:"));
        Assert.False(LinkTrace.TryParse(null, provider: null, out _));
    }

    [Fact]
    public void A_trace_goes_with_the_other_values()
    {
        Assert.Equal("JitterAboveLatency", Refused(new LinkProfile { Latency = TimeSpan.FromMilliseconds(20), Jitter = TimeSpan.FromMilliseconds(5), Trace = LinkTrace.Read("time,delay\n0,4ms\n1,30ms") }));
        Assert.Equal("LossGivenTwice", Refused(new LinkProfile { BurstLoss = BurstLoss.Parse("1%,10%"), Trace = LinkTrace.Read("time,loss\n0,1%") }));
        Assert.Equal("InvalidTrace", Refused(new LinkProfile { Trace = LinkTrace.ParsePacked($"Csv:Once:{new string('0', 32)}:AAAA") }));
        var link = new LinkProfile { Latency = TimeSpan.FromMilliseconds(2), Trace = LinkTrace.Read("1\n2\n") };
        Assert.False(link.IsNothing);
        Assert.Matches(@"^Latency=2ms Trace=\(Mahimahi, 2 deliveries, 2ms, looped, [0-9a-f]{12}\)$", link.Describe());

        static string Refused(LinkProfile link) =>
            Assert.Throws<MacSegmentationException>(() => new Stores.InMemoryStore(new ManualTime()).Write(writer => ProfileCatalog.Create(writer, new MacProfile { Name = "x", Egress = link }))).ErrorId;
    }

    internal static LinkTrace Any(Random random)
    {
        bool isOnce = random.Next(2) == 0;
        if (random.Next(3) == 0)
        {
            return LinkTrace.Read(string.Join('\n', Enumerable.Range(0, random.Next(1, 30)).Select(_ => random.Next(0, 100_000)).Append(random.Next(100_000, 200_000)).Order()), isOnce: isOnce);
        }

        bool[] has = [random.Next(2) == 0, random.Next(2) == 0, random.Next(2) == 0];
        has[random.Next(3)] = true;
        long time = random.Next(1_000);
        string text = $"time{(has[0] ? ",rate" : string.Empty)}{(has[1] ? ",delay" : string.Empty)}{(has[2] ? ",loss" : string.Empty)}\n";
        for (int i = random.Next(1, 12); i > 0; i--)
        {
            text += $"{time += random.Next(1, 100_000)}ms{(has[0] ? $",{random.NextInt64(1_000, 10_000_000_000)}" : string.Empty)}{(has[1] ? $",{random.Next(600_000)}us" : string.Empty)}{(has[2] ? $",0.{random.Next(1, 9999):0000}%" : string.Empty)}\n";
        }

        return LinkTrace.Read(text, isOnce: isOnce);
    }
}
