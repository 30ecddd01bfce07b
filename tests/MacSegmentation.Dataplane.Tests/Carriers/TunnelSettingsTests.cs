using System.Net;
using MacSegmentation.Errors;
using MacSegmentation.Ports;
using MacSegmentation.Switch;

namespace MacSegmentation.Carriers;

/// <summary>What a tunnel port may be told, and what is wrong with what it may not.</summary>
public class TunnelSettingsTests
{
    [Fact]
    public void A_tunnel_is_read_as_it_is_written()
    {
        var vxlan = TunnelSettings.Parse(TunnelKind.Vxlan, "Vni=5000, remote=10.1.0.2,REMOTE=10.1.0.3,gbp");
        Assert.Equal((5000, true, "vxlan5000", 36), (vxlan.Vni, vxlan.Gbp, vxlan.Name, vxlan.Overhead));
        Assert.Equal([IPAddress.Parse("10.1.0.2"), IPAddress.Parse("10.1.0.3")], vxlan.Remotes);
        Assert.Equal(vxlan, TunnelSettings.Parse(TunnelKind.Vxlan, vxlan.ToString()));
        var geneve = TunnelSettings.Parse(TunnelKind.Geneve, "vni=1,remote=fd00::2,optionClass=0x0102,optionType=1");
        Assert.Equal((0x0102, 1, true, 64), (geneve.OptionClass, geneve.OptionType, geneve.CarriesPartition, geneve.Overhead));
        Assert.Equal(geneve, TunnelSettings.Parse(TunnelKind.Geneve, geneve.ToString()));
        Assert.False(TunnelSettings.Parse(TunnelKind.Geneve, "vni=1,remote=fd00::2").CarriesPartition);
    }

    [Theory]
    [InlineData("", "no virtual network")]
    [InlineData("vni=5000", "leads nowhere")]
    [InlineData("remote=10.1.0.2", "no virtual network")]
    [InlineData("vni=0,remote=10.1.0.2", "The VNI '0' is out of range. Give 1 to 16777215.")]
    [InlineData("vni=16777216,remote=10.1.0.2", "out of range")]
    [InlineData("vni=abc,remote=10.1.0.2", "out of range")]
    [InlineData("vni=5000,remote=10.1", "no IP address")]
    [InlineData("vni=5000,remote=239.1.1.1", "not the address of one host")]
    [InlineData("vni=5000,remote=::", "not the address of one host")]
    [InlineData("vni=5000,remote=10.1.0.2,remote=10.1.0.2", "given twice")]
    [InlineData("vni=5000,remote=10.1.0.2,remote=fd00::2", "two families")]
    [InlineData("vni=5000,vni=5001,remote=10.1.0.2", "given twice")]
    [InlineData("vni=5000,remote=10.1.0.2,gbp=perhaps", "neither true nor false")]
    [InlineData("vni=5000,remote=10.1.0.2,colour=red", "There is no 'colour' among its settings. They are Vni, Remote and Gbp.")]
    [InlineData("vni=5000,remote=10.1.0.2,optionClass=1", "There is no 'optionClass'")]
    public void What_is_wrong_is_said(string text, string expected)
    {
        var error = Assert.Throws<FormatException>(() => TunnelSettings.Parse(TunnelKind.Vxlan, text));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vni=5000,remote=10.1.0.2,optionType=128", "Give 0 to 127")]
    [InlineData("vni=5000,remote=10.1.0.2,gbp", "They are Vni, Remote, OptionClass and OptionType.")]
    public void What_is_wrong_with_Geneve_is_said(string text, string expected)
    {
        var error = Assert.Throws<FormatException>(() => TunnelSettings.Parse(TunnelKind.Geneve, text));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ports_of_one_adapter_are_told_apart_by_their_virtual_network()
    {
        var one = Port("vni=5000,remote=10.1.0.2");
        SwitchLayout.Validate([one, Port("vni=5001,remote=10.1.0.2")], static _ => true);
        Assert.Equal("TunnelNamedTwice", Refusal(one, Port("vni=5000,remote=10.1.0.3")));
        Assert.Equal("AdapterNamedTwice", Refusal(one, new SwitchPortSettings { Adapter = "eth0", IsUplink = true }));
        Assert.Equal("InvalidPort", Refusal(one with { MacInterface = "web" }));
        Assert.Equal("InvalidPort", Refusal(one with { Metadata = MetadataKind.Cisco }));
    }

    private static SwitchPortSettings Port(string tunnel) => new() { Adapter = "eth0", Tunnel = TunnelSettings.Parse(TunnelKind.Vxlan, tunnel) };

    private static string Refusal(params SwitchPortSettings[] ports) => Assert.Throws<MacSegmentationException>(() => SwitchLayout.Validate(ports, static _ => true)).ErrorId;
}
