using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Errors;

namespace MacSegmentation.Units;

public sealed class VlanListTests
{
    [Theory]
    [InlineData("", new int[0])]
    [InlineData(" ", new int[0])]
    [InlineData("10", new[] { 10 })]
    [InlineData("10,20-22", new[] { 10, 20, 21, 22 })]
    [InlineData(" 20 - 22 ; 10 ", new[] { 10, 20, 21, 22 })]
    [InlineData("4094,1,1-2", new[] { 1, 2, 4094 })]
    public void A_list_is_its_numbers_in_sequence(string text, int[] vlans) => Assert.Equal(vlans, VlanList.Parse(text));

    [Theory]
    [InlineData("cameras", "not a list")]
    [InlineData("10,", "not a list")]
    [InlineData("10-", "not a list")]
    [InlineData("-10", "not a list")]
    [InlineData("10-20-30", "not a list")]
    [InlineData("1.5", "not a list")]
    [InlineData("99999999999", "not a list")]
    [InlineData("0", "priority only")]
    [InlineData("10,4095", "reserved")]
    [InlineData("1-5000", "VLAN 5000")]
    [InlineData("29-20", "Write 20-29")]
    public void Anything_else_is_refused_with_a_sentence(string text, string sentence)
    {
        var error = Assert.Throws<MacSegmentationException>(() => VlanList.Parse(text));
        Assert.Equal("InvalidVlanId", error.ErrorId);
        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_has_what_lies_in_one_of_its_ranges() => Property.Holds(
        Gen.Choose(1, 4094).Two().Select(ends => (First: Math.Min(ends.Item1, ends.Item2), Last: Math.Max(ends.Item1, ends.Item2))).ListOf(),
        ranges =>
        {
            string text = string.Join(',', ranges.Select(range => range.First == range.Last ? $"{range.First}" : $"{range.First}-{range.Last}"));
            var expected = Enumerable.Range(1, 4094).Where(vlan => ranges.Any(range => vlan >= range.First && vlan <= range.Last));
            Assert.Equal(expected, VlanList.Parse(text));
        });
}
