using MacSegmentation.Errors;

namespace MacSegmentation.Handles;

public sealed class PlaceholderHandleTests
{
    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("{FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF}")]
    [InlineData("urn:uuid:00000000-0000-0000-0000-000000000000")]
    [InlineData("03000200-0400-0500-0006-000700080009")]
    [InlineData("urn:uuid:00020003-0004-0005-0006-000700080009")]
    [InlineData("03000200040005000006000700080009")]
    [InlineData("00:00:00:00:00:00:00:00")]
    [InlineData("FFFFFFFFFFFFFFFF")]
    [InlineData("0x0000000000000000")]
    [InlineData("urn:wwn:ff-ff-ff-ff-ff-ff-ff-ff")]
    [InlineData("urn:eui64:0000000000000000")]
    [InlineData("naa.0000000000000000")]
    [InlineData("eui.FFFFFFFFFFFFFFFF")]
    [InlineData("To Be Filled By O.E.M.")]
    public void A_name_that_many_devices_bear_is_refused(string text)
    {
        var error = Assert.Throws<MacSegmentationException>(() => HandleRegistry.Validate(Request(text)));

        Assert.Equal("PlaceholderHandle", error.ErrorId);
        Assert.Contains("one address", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6")]
    [InlineData("00:00:00:00:00:00:00:01")]
    [InlineData("Rack1/Server0/0000000000000000")]
    [InlineData("0000000000")]
    public void A_name_of_ones_own_is_not(string text) => HandleRegistry.Validate(Request(text));

    [Fact]
    public void Who_has_one_from_before_can_give_it_up() => Assert.Equal("urn:uuid:00000000-0000-0000-0000-000000000000", DeviceHandle.Parse("{00000000-0000-0000-0000-000000000000}").Text);

    private static HandleRequest Request(string text) => new() { Handle = DeviceHandle.Parse(text), VlanId = 10 };
}
