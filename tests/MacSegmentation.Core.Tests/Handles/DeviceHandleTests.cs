using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Errors;

namespace MacSegmentation.Handles;

public sealed class DeviceHandleTests
{
    [Theory]
    [InlineData("50:06:01:60:3B:A0:11:22", "50:06:01:60:3b:a0:11:22")]
    [InlineData("50-06-01-60-3b-a0-11-22", "50:06:01:60:3b:a0:11:22")]
    [InlineData("500601603BA01122", "50:06:01:60:3b:a0:11:22")]
    [InlineData("0x500601603ba01122", "50:06:01:60:3b:a0:11:22")]
    [InlineData("60060160A0B1220012345678ABCDEF01", "60:06:01:60:a0:b1:22:00:12:34:56:78:ab:cd:ef:01")]
    [InlineData("URN:WWN:50:06:01:60:3B:A0:11:22", "urn:wwn:50:06:01:60:3b:a0:11:22")]
    [InlineData("urn:Wwn:500601603BA01122", "urn:wwn:50:06:01:60:3b:a0:11:22")]
    [InlineData("urn:uuid:F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6", "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6")]
    [InlineData("{6FA459EA-EE8A-3CA4-894E-DB77E160355E}", "urn:uuid:6fa459ea-ee8a-3ca4-894e-db77e160355e")]
    [InlineData("6fa459ea-ee8a-3ca4-894e-db77e160355e", "urn:uuid:6fa459ea-ee8a-3ca4-894e-db77e160355e")]
    [InlineData("urn:uuid:{6fa459ea-ee8a-3ca4-894e-db77e160355e}", "urn:uuid:6fa459ea-ee8a-3ca4-894e-db77e160355e")]
    [InlineData("urn:uuid:6fa459eaee8a3ca4894edb77e160355e", "urn:uuid:6fa459ea-ee8a-3ca4-894e-db77e160355e")]
    [InlineData("URN:Example:A/B", "urn:example:A/B")]
    [InlineData("HTTPS://Admin@Rack-1.Example.COM:8443/Port/A?Q=X", "https://Admin@rack-1.example.com:8443/Port/A?Q=X")]
    [InlineData("https://[FE80::1]/A", "https://[fe80::1]/A")]
    [InlineData("MailTo:Anna@Example.com", "mailto:Anna@Example.com")]
    [InlineData("iqn.2001-04.COM.example:Disk", "iqn.2001-04.com.example:disk")]
    [InlineData("eui.02004567A425678D", "eui.02004567a425678d")]
    [InlineData("Rack1/Server2/NIC0", "Rack1/Server2/NIC0")]
    [InlineData("50:06:01:60:3B:A0:11", "50:06:01:60:3B:A0:11")]
    [InlineData("50:06-01:60:3b:a0:11:22", "50:06-01:60:3b:a0:11:22")]
    public void The_forms_of_a_name_are_one_handle(string text, string expected) => Assert.Equal(expected, DeviceHandle.Parse(text).Text);

    [Theory]
    [InlineData("")]
    [InlineData(" urn:wwn:1")]
    [InlineData("urn:wwn:1\t")]
    [InlineData("a\u0007b")]
    public void What_is_no_handle_is_refused(string text) => Assert.Equal("InvalidHandle", Assert.Throws<MacSegmentationException>(() => DeviceHandle.Parse(text)).ErrorId);

    [Fact]
    public void Half_of_a_surrogate_pair_is_refused()
    {
        // Not as data of a theory: those are written down as UTF-8, which has no form for it.
        Assert.False(DeviceHandle.TryParse("a\ud800b", provider: null, out _));
        Assert.False(DeviceHandle.TryParse("a\udc00", provider: null, out _));
        Assert.True(DeviceHandle.TryParse("a\ud83d\ude00", provider: null, out _));
    }

    [Fact]
    public void A_handle_has_up_to_512_characters()
    {
        Assert.Equal(512, DeviceHandle.Parse(new string('x', 512)).Text.Length);
        Assert.Contains("513", Assert.Throws<MacSegmentationException>(() => DeviceHandle.Parse(new string('x', 513))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_normal_form_is_its_own_and_never_longer_than_a_handle_may_be() => Property.Holds(
        ArbMap.Default.GeneratorFor<string>(),
        text =>
        {
            if (DeviceHandle.TryParse(text, provider: null, out var handle))
            {
                Assert.Equal(handle, DeviceHandle.Parse(handle.Text));
                Assert.Equal(handle, DeviceHandle.Parse(handle.Text[..1] + handle.Text[1..]));
            }
        });
}
