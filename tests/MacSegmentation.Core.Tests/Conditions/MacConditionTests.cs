using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Errors;

namespace MacSegmentation.Conditions;

public sealed class MacConditionTests
{
    private static readonly ConditionMetric[] Metrics =
    [
        new("Denials", ConditionUnit.Count, IsWindowed: true, "denied frames"),
        new("ArpRate", ConditionUnit.Rate, IsWindowed: false, "ARP packets a second"),
        new("PoolUse", ConditionUnit.Share, IsWindowed: false, "share of a pool"),
        new("Latency", ConditionUnit.Duration, IsWindowed: false, "time"),
    ];

    [Theory]
    [InlineData("Denials > 50 within 10s", "Denials > 50 within 10s")]
    [InlineData(" denials>=5   WITHIN 60 ", "Denials >= 5 within 1m")]
    [InlineData("ArpRate > 10k/s", "ArpRate > 10k")]
    [InlineData("arprate<2000", "ArpRate < 2k")]
    [InlineData("PoolUse > 80% or Latency > 20ms", "PoolUse > 80% or Latency > 20ms")]
    [InlineData("(PoolUse > 80)", "PoolUse > 80%")]
    [InlineData("((ArpRate > 1 and ArpRate > 2) and (ArpRate > 3 or ArpRate <= 4))", "ArpRate > 1 and ArpRate > 2 and (ArpRate > 3 or ArpRate <= 4)")]
    [InlineData("ArpRate > 1 or ArpRate > 2 and ArpRate > 3", "ArpRate > 1 or ArpRate > 2 and ArpRate > 3")]
    public void What_people_write_has_one_canonical_text(string text, string canonical)
    {
        var condition = MacCondition.Parse(text, Metrics);
        Assert.Equal(canonical, condition.ToString());
        Assert.Equal(condition, MacCondition.Parse(canonical, Metrics));
    }

    [Theory]
    [InlineData("", "at character 1: it ends, expected Denials, ArpRate, PoolUse, Latency or '('.")]
    [InlineData("Denals > 50", "at character 1: 'Denals', expected Denials,")]
    [InlineData("Denials 50", "at character 9: '50', expected one of > >= < <=.")]
    [InlineData("Denials == 50", "at character 9: '==', expected one of")]
    [InlineData("Denials > many", "at character 11: 'many', expected a whole number, such as 50.")]
    [InlineData("Denials > -5 within 1s", "at character 11: '-5', expected a whole number")]
    [InlineData("Denials > 50", "at character 13: it ends, expected 'within' and a time, because Denials is counted.")]
    [InlineData("Denials > 50 within 2h", "at character 21: '2h', expected a time from 1s to 1h")]
    [InlineData("Denials > 50 within 10ms", "at character 21: '10ms', expected a time from 1s to 1h")]
    [InlineData("ArpRate > 5 within 1s", "at character 13: 'within', expected 'and', 'or' or the end.")]
    [InlineData("ArpRate > -9223372036854775808", "expected how many a second")]
    [InlineData("PoolUse > 101%", "at character 11: '101%', expected a share from 0% to 100%")]
    [InlineData("Latency > 2d", "expected a time up to 1d")]
    [InlineData("(ArpRate > 5", "at character 13: it ends, expected 'and', 'or' or ')'.")]
    [InlineData("ArpRate > 5)", "at character 12: ')', expected 'and', 'or' or the end.")]
    [InlineData("ArpRate > 5 and", "at character 16: it ends, expected")]
    public void What_is_wrong_is_told_with_its_place_and_what_was_expected(string text, string sentence)
    {
        var error = Assert.Throws<MacSegmentationException>(() => MacCondition.Parse(text, Metrics));
        Assert.Equal("InvalidCondition", error.ErrorId);
        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_longer_or_deeper_than_anybody_writes_is_refused()
    {
        Assert.NotNull(MacCondition.Parse(Nested(16), Metrics));
        Assert.Contains("at most 16 parentheses", Fails(Nested(17)), StringComparison.Ordinal);
        Assert.Contains("at most 512 characters", Fails(new string(' ', 513)), StringComparison.Ordinal);

        static string Nested(int depth) => new string('(', depth) + "ArpRate > 1" + new string(')', depth);
        string Fails(string text) => Assert.Throws<MacSegmentationException>(() => MacCondition.Parse(text, Metrics)).Message;
    }

    [Fact]
    public void Its_text_is_read_as_the_same_condition()
    {
        Property.Holds(Conditions(depth: 3), text =>
        {
            var condition = MacCondition.Parse(text, Metrics);
            string canonical = condition.ToString();
            Assert.Equal(canonical, MacCondition.Parse(canonical, Metrics).ToString());
            for (int seed = 0; seed < 8; seed++)
            {
                var readings = new Readings(seed);
                Assert.Equal(condition.IsMet(readings), MacCondition.Parse(canonical, Metrics).IsMet(readings));
            }
        }, count: 2000);
    }

    [Fact]
    public void Any_text_is_read_or_refused_with_a_sentence()
    {
        var pieces = Gen.Elements("Denials", "ArpRate", "PoolUse", "Latency", ">", ">=", "<", "=", "!", "50", "-1", "1e9", "10k", "80%", "20ms", "00:00:01", "within", "and", "or", "(", ")", "\0", "\ud800", "9223372036854775808", "-9223372036854775808", " ", "");
        var texts = from parts in pieces.ArrayOf() from gap in Gen.Elements(" ", "") select string.Join(gap, parts);
        Property.Holds(texts, text =>
        {
            try
            {
                Assert.NotNull(MacCondition.Parse(text, Metrics));
            }
            catch (MacSegmentationException error)
            {
                Assert.Equal("InvalidCondition", error.ErrorId);
            }
        }, count: 5000);
    }

    [Fact]
    public void It_holds_as_its_operators_say()
    {
        var readings = new Readings(0) { Value = 5 };
        Assert.Equal(
            [true, false, false, true, true, true, false, true],
            new[]
            {
                "ArpRate > 4", "ArpRate > 5", "ArpRate < 5", "ArpRate >= 5", "ArpRate <= 5", "ArpRate > 9 or ArpRate > 1", "ArpRate > 9 and ArpRate > 1", "ArpRate > 1 or ArpRate > 9 and ArpRate > 9",
            }.Select(text => MacCondition.Parse(text, Metrics).IsMet(readings)));
    }

    private static Gen<string> Conditions(int depth)
    {
        var number = Gen.Elements("0", "1", "50", "999");
        var sign = Gen.Elements(">", ">=", "<", "<=");
        var comparison = from metric in Gen.Elements(Metrics)
                         from one in sign
                         from value in number
                         from window in Gen.Elements("1s", "10s", "1.5s", "1m", "1h", "90s")
                         select $"{metric.Name} {one} {(metric.Unit == ConditionUnit.Share ? "80%" : metric.Unit == ConditionUnit.Duration ? value + "ms" : value)}{(metric.IsWindowed ? $" within {window}" : string.Empty)}";
        if (depth == 0)
        {
            return comparison;
        }

        var inner = Conditions(depth - 1);
        var list = from left in inner from right in inner from word in Gen.Elements("and", "or") select $"({left}) {word} ({right})";
        return Gen.OneOf(comparison, list).Where(text => text.Length <= MacCondition.MaxLength);
    }

    private sealed class Readings(int seed) : IConditionReadings
    {
        public long? Value { get; init; }

        public long Read(MacConditionComparison comparison) => Value ?? ((comparison.ToString().Sum(sign => sign) * (seed + 1)) % 100);
    }
}
