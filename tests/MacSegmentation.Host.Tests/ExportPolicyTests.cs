using MacSegmentation.Captures;
using MacSegmentation.Processes;

namespace MacSegmentation;

public sealed class ExportPolicyTests : IDisposable
{
    private const string Document = "docs/examples/cameras-and-plc.json";
    private const string Silence = "macseg: Warning: Deny and Drop are the same there: both discard in silence, and nothing is reported as a denial event.\n";

    private readonly TemporaryFolder folder = new();

    public ExportPolicyTests() => TestProgram.Native.Run("apply", Document, "--store", Store).Succeeded();

    private string Store => folder.File("lab.db");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("nftables", "#!/usr/sbin/nft -f\n", "\t\tvlan id vmap { 10 : jump vlan_10, 20 : jump vlan_20 }\n\t}\n}\n")]
    [InlineData("OpenFlow", "# MAC policies for Open vSwitch.", "priority=1,dl_vlan=20,actions=drop\n")]
    public void Policies_go_to_standard_output_and_what_is_not_expressed_to_standard_error(string format, string start, string end)
    {
        var all = TestProgram.Native.Run("export-policy", "--store", Store, "--format", format);
        Assert.Equal((0, Silence), (all.ExitCode, all.Error));
        Assert.StartsWith(start, all.Output, StringComparison.Ordinal);
        Assert.EndsWith(end, all.Output, StringComparison.Ordinal);
        Assert.Equal(all.Output, TestProgram.Native.Run("export-policy", "--store", Store, "--format", format, "--vlan", "20", "--vlan", "10").Output);
        Assert.DoesNotContain("VLAN 20", TestProgram.Native.Run("export-policy", "--store", Store, "--format", format, "--vlan", "10").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_is_for_one_adapter()
    {
        string document = folder.Write("doors.json", """
            { "vlans": [ { "id": 30, "ranges": ["02:00:5e:30:00:00/40"], "defaultAction": "Drop", "policies": [
              { "source": "*", "destination": "02:00:5e:30:00:ff", "action": "Allow" }, { "source": "*", "destination": "ff:ff:ff:ff:ff:ff", "action": "Allow" } ] } ] }
            """u8.ToArray());
        TestProgram.Native.Run("apply", document, "--store", folder.File("doors.db")).Succeeded();
        string[] given = ["export-policy", "--store", folder.File("doors.db"), "--format", "HyperV", "--vm-name", "door-1", "--vm-network-adapter-name", "lan", "--mac-address", "02:00:5e:30:00:01"];
        string script = TestProgram.Native.Run([.. given, "--direction", "outbound", "--untagged"]).Succeeded();
        Assert.Contains("    VMName = 'door-1'\n    VMNetworkAdapterName = 'lan'\n}\nSet-VMNetworkAdapterVlan @adapter -Untagged\n", script, StringComparison.Ordinal);
        Assert.Contains("RemoteMacAddress = '02-00-5e-30-00-ff'; Direction = 'Outbound'; Action = 'Allow'", script, StringComparison.Ordinal);
        TestProgram.Native.Run(given).Failed("PolicyNotExpressible");
        TestProgram.Native.Run(given[..7]).Failed("AdapterNeeded");
        TestProgram.Native.Run("export-policy", "--store", Store, "--format", "HyperV", "--vlan", "10", "--direction", "Both").Failed("AdapterNeeded");
        TestProgram.Native.Run("export-policy", "--store", Store, "--format", "nftables", "--untagged").Failed("OneVlanNeeded");
        TestProgram.Native.Run("export-policy", "--store", Store, "--format", "nftables", "--vlan", "11").Failed("VlanNotFound");
        TestProgram.Native.Run("export-policy", "--store", folder.File("none.db"), "--format", "nftables").Failed("StoreNotFound");
    }
}
