using MacSegmentation.Errors;

namespace MacSegmentation.InterfaceRecords;

public class PermittedEtherTypesTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("0x88cc", "0x88cc")]
    [InlineData("88CC;0x8847;88cc", "0x8847 0x88cc")]
    [InlineData("llc,0x88e5", "Llc 0x88e5")]
    [InlineData("0x88cc;ANY;Llc", "Any")]
    [InlineData("35020", "0x88cc")] // as a shell hands a number on
    public void A_list_is_written_alike_however_it_is_given(string given, string read)
    {
        var types = PermittedEtherTypes.Parse(given.Split(';'));
        Assert.Equal(read, string.Join(' ', types));
        Assert.Equal(types, PermittedEtherTypes.Parse(types));
    }

    [Theory]
    [InlineData("0x5ff", "not an EtherType")]
    [InlineData("0x10000", "not an EtherType")]
    [InlineData("lldp", "not an EtherType")]
    [InlineData("8847", "could be 0x8847 or 0x228f")]
    [InlineData("0x0800", "always let in")]
    [InlineData("86dd", "always let in")]
    [InlineData("0x8100", "type of a tag")]
    [InlineData("9200", "could be")]
    public void What_is_none_is_refused_with_the_way_out(string given, string why)
    {
        var error = Assert.Throws<MacSegmentationException>(() => PermittedEtherTypes.Parse(["0x88cc", given]));
        Assert.Equal("InvalidEtherType", error.ErrorId);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.Matches("(Give|Leave) ", error.Message);
    }
}
