using System.Text;
using System.Text.Json.Nodes;
using MacSegmentation.Captures;
using MacSegmentation.Processes;

namespace MacSegmentation;

/// <summary>Whatever is wrong, macseg says one sentence with its id, and has changed nothing.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Document = "docs/examples/cameras-and-plc.json";
    private const string Capture = "docs/examples/cameras-and-plc.pcap";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("handle list --store nowhere.db --json", 1, "StoreNotFound", "NotFound", "nowhere.db")]
    [InlineData("apply nowhere.json --store lab.db --json", 1, "ConfigurationNotFound", "NotFound", "Give the path of a JSON document.")]
    [InlineData("handle revoke --json", 2, "WrongUsage", "InvalidArgument", "--store")]
    [InlineData("enforce --config a.json --uplink eth1 --ageing-time soon --json", 2, "WrongUsage", "InvalidArgument", "5m, 8h or 1d")]
    public void Programs_are_told_of_errors_in_JSON(string arguments, int exitCode, string errorId, string kind, string words)
    {
        var result = TestProgram.Native.RunIn(folder.File(""), arguments.Split(' '));
        Assert.Equal(exitCode, result.ExitCode);
        var told = result.Error.TrimEnd('\n').Split('\n').Select(line => JsonNode.Parse(line)!).ToList();
        Assert.All(told, line => Assert.Contains((string?)line["event"], (string[])["error", "note"]));
        var error = told.First(line => (string?)line["event"] is "error");
        Assert.Equal((errorId, kind), ((string?)error["errorId"], (string?)error["kind"]));
        Assert.Contains(told, line => ((string)line["message"]!).Contains(words, StringComparison.Ordinal));
        Assert.DoesNotContain($"[{errorId}]", (string)error["message"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("enforse")]
    [InlineData("enforce")]
    [InlineData("enforce --config a.json --store b.db --read c --write d")]
    [InlineData("enforce --config a.json --read c")]
    [InlineData("enforce --config a.json --write c")]
    [InlineData("enforce --config a.json --read c --write d --adapter eth1 --adapter eth2")]
    [InlineData("enforce --config a.json --adapter eth1")]
    [InlineData("enforce --config a.json --adapter eth1 --adapter eth2 --adapter eth3")]
    [InlineData("enforce --config a.json --read c --write d --native-vlan ten")]
    [InlineData("enforce --config a.json --read c --write d --native-vlan 1 --native-vlan 2")]
    [InlineData("enforce --config a.json --read c --write d --unknown-vlan Forbid")]
    [InlineData("enforce --config a.json --read c --write d --unknown-vlan Allow,Deny")]
    [InlineData("enforce --config a.json --read c --write d --unknown-vlan 1")]
    [InlineData("handle request urn:x:1 --vlan 10 --store a.db --instance-id vm-1 --intent Replace,Copy")]
    [InlineData("handle request urn:x:1 --vlan 10 --store a.db --instance-id vm-1 --intent 1")]
    [InlineData("enforce --config a.json --read c --write d --disable-offload")]
    [InlineData("enforce --config a.json --adapter eth1 --adapter eth2 --port eth3=web-1")]
    [InlineData("enforce --config a.json --read c --write d --uplink eth1")]
    [InlineData("enforce --config a.json --adapter eth1 --adapter eth2 --flow-limit 10")]
    [InlineData("enforce --config a.json --flood-unknown-unicast")]
    [InlineData("enforce --config a.json --interface eth1")]
    [InlineData("enforce --config a.json --port eth1")]
    [InlineData("enforce --config a.json --port eth1=")]
    [InlineData("enforce --config a.json --port =web-1")]
    [InlineData("enforce --config a.json --uplink eth1=")]
    [InlineData("enforce --config a.json --uplink eth1 --storm-limit 100")]
    [InlineData("enforce --config a.json --uplink eth1 --ageing-time 5weeks")]
    [InlineData("enforce --config a.json --uplink eth1 --address-limit eth1=100")]
    [InlineData("handle revoke urn:x:a --store a.db --hold-down-time 5weeks")]
    [InlineData("enforce --config a.json --uplink eth1 --native-vlan 10")]
    [InlineData("trace --config a.json")]
    [InlineData("trace --from web-1")]
    [InlineData("trace --config a.json --store b.db --from web-1 --destination-ip 10.0.0.1")]
    [InlineData("trace --config a.json --from web-1 --read c --destination-ip 10.0.0.1")]
    [InlineData("trace --config a.json --from web-1 --destination 02:00:00")]
    [InlineData("trace --config a.json --from web-1 --destination-ip 10.0.1")]
    [InlineData("trace --config a.json --from web-1 --destination-ip 10.0.0.1 --protocol ipx")]
    [InlineData("trace --config a.json --from web-1 --destination-ip 10.0.0.1 --destination-port 65536")]
    [InlineData("trace --config a.json --from web-1 --destination-ip 10.0.0.1 --time soon")]
    [InlineData("trace --config a.json --from web-1 --read c --time 2026-11-28")]
    [InlineData("apply a.json")]
    [InlineData("apply --store b.db")]
    [InlineData("apply a.json --store b.db --whatif")]
    [InlineData("export")]
    [InlineData("export-policy --format nftables")]
    [InlineData("export-policy --store a.db")]
    [InlineData("export-policy --store a.db --format ebtables")]
    [InlineData("export-policy --store a.db --format nftables --vlan ten")]
    [InlineData("export-policy --store a.db --format hyperv --vm-name a --mac-address 02:00")]
    [InlineData("provide --store a.db")]
    [InlineData("provide --uri https://127.0.0.1:8443 --certificate a.pfx")]
    [InlineData("provide --store a.db --uri https://127.0.0.1:8443")]
    [InlineData("provide --store a.db --uri http://127.0.0.1:8080 --allow-plain-http --certificate a.pfx")]
    [InlineData("provide --store a.db --uri http://127.0.0.1:8080 --allow-plain-http --client-ca a.pem")]
    [InlineData("provide --store a.db --uri http://127.0.0.1:8080 --allow-plain-http --key a.pem")]
    [InlineData("provide --store a.db --uri http://127.0.0.1:8080 --allow-plain-http --rate-limit -1")]
    [InlineData("provide --store a.db --uri http://127.0.0.1:8080 --allow-plain-http --name site-a")]
    [InlineData("provide --store a.db --uri http://127.0.0.1:8080 --allow-plain-http --local b.db")]
    [InlineData("provide --store a.db --uri http://127.0.0.1:8080 --allow-plain-http --name site-a --local a.db")]
    [InlineData("provide --store --uri")]
    [InlineData("provide --store a.db --uri http://127.0.0.1:8080 --allow-plain-http --request-limit 0")]
    [InlineData("provide --store a.db --uri http://127.0.0.1:8080 --allow-plain-http --connection-limit many")]
    public void A_wrong_command_line_is_refused(string arguments)
    {
        string error = TestProgram.Native.RunIn(folder.File(""), arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Refused();
        Assert.All(error.TrimEnd('\n').Split('\n'), line => Assert.StartsWith("macseg: ", line, StringComparison.Ordinal));
        Assert.EndsWith("--help\n", error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.File("")));
    }

    [Theory]
    [InlineData("{ \"vlans\": [ { \"id\": 10, \"ranges\": [], \"colour\": 1 } ] }", "ConfigurationInvalid", "lab.json, line 1, column 40, vlans[0].colour: ")]
    [InlineData("{ \"vlans\": [\n{ \"id\": \"10\" } ] }", "ConfigurationInvalid", "lab.json, line 2, column 9, vlans[0].id: ")]
    [InlineData("{ \"vlans\": [ { \"id\": 4095, \"ranges\": [] } ] }", "InvalidVlanId", "lab.json, line 1, column 22, vlans[0].id: ")]
    [InlineData("{ \"vlans\": [ { \"id\": 10, \"ranges\": [ \"01:00:5e:00:00:00/24\" ] } ] }", "GroupAddressInRange", "vlans[0].ranges[0]: ")]
    [InlineData("", "ConfigurationInvalid", "lab.json, line 1, column 1: ")]
    public void A_wrong_document_is_refused_with_its_place_and_changes_nothing(string json, string errorId, string place)
    {
        string document = folder.Write("lab.json", Encoding.UTF8.GetBytes(json));
        TestProgram.Native.Run("apply", Document, "--store", folder.File("lab.db")).Succeeded();
        string before = TestProgram.Native.Run("export", "--store", folder.File("lab.db")).Succeeded();
        foreach (string[] command in new string[][]
        {
            ["apply", document, "--store", folder.File("lab.db")],
            ["apply", document, "--store", folder.File("lab.db"), "--what-if"],
            ["enforce", "--config", document, "--read", Capture, "--write", folder.File("out.pcap")],
        })
        {
            var result = TestProgram.Native.Run(command);
            Assert.Contains(place, result.Failed(errorId), StringComparison.Ordinal);
            Assert.Empty(result.Output);
        }

        Assert.Equal(before, TestProgram.Native.Run("export", "--store", folder.File("lab.db")).Succeeded());
        Assert.False(File.Exists(folder.File("out.pcap")));
    }

    [Fact]
    public void A_file_is_replaced_with_a_warning_and_not_at_all_on_request()
    {
        string kept = folder.Write("kept.pcap", [1, 2, 3]);
        string[] command = ["enforce", "--config", Document, "--read", Capture, "--write", kept];
        Fails("DestinationExists", kept, [.. command, "--no-clobber"]);
        Fails("DestinationExists", kept, ["enforce", "--config", Document, "--read", Capture, "--write", folder.File("new.pcap"), "--denied", kept, "--no-clobber"]);
        Assert.Equal([kept], Directory.GetFileSystemEntries(folder.File("")));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(kept));
        var replaced = TestProgram.Native.Run(command);
        Assert.Equal(0, replaced.ExitCode);
        Assert.Contains($"{kept} existed, and is replaced", replaced.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_in_UTF16_is_told_with_the_way_out()
    {
        string document = folder.Write("lab.json", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("{ \"vlans\": [] }")]);
        Fails("ConfigurationInvalid", "is in UTF-16", ["apply", document, "--store", folder.File("lab.db")]);
        Assert.False(File.Exists(folder.File("lab.db")));
    }

    [Fact]
    public void What_is_not_there_is_named()
    {
        string[] files = ["--read", Capture, "--write", folder.File("out.pcap")];
        Fails("ConfigurationNotFound", "nowhere.json", ["enforce", "--config", "nowhere.json", .. files]);
        Fails("ConfigurationUnreadable", "it is a directory", ["enforce", "--config", "docs", .. files]);
        Fails("StoreNotFound", "nowhere.db", ["enforce", "--store", "nowhere.db", .. files]);
        Fails("StoreNotFound", "nowhere.db", ["export", "--store", "nowhere.db"]);
        Fails("StorePathIsDirectory", "docs", ["apply", Document, "--store", "docs"]);
        Fails("StoreNotADatabase", Document, ["export", "--store", Document]);
        Fails("CaptureNotFound", "nowhere.pcap", ["enforce", "--config", Document, "--read", "nowhere.pcap", "--write", folder.File("out.pcap")]);
        Fails("CaptureNotRecognized", Document, ["enforce", "--config", Document, "--read", Document, "--write", folder.File("out.pcap")]);
        Fails("DestinationIsDirectory", "docs", ["enforce", "--config", Document, "--read", Capture, "--write", "docs"]);
        Fails("InvalidVlanId", "VLAN 4095", ["enforce", "--config", Document, .. files, "--native-vlan", "4095"]);
        Assert.False(File.Exists(RepositoryFile.Path("nowhere.db")));
        Assert.Empty(Directory.GetFileSystemEntries(folder.File("")));
    }

    [Theory]
    [InlineData("InterfacePortTwice", "eth1 and eth2", "--port eth1=web-1 --port eth2=WEB-1")]
    [InlineData("AdapterNamedTwice", "eth1", "--port eth1=web-1 --uplink eth1")]
    [InlineData("InterfaceNotFound", "nobody", "--port eth1=nobody")]
    [InlineData("InvalidTunnel", "--vxlan of eth1: It leads nowhere", "--vxlan eth1=vni=5000")]
    [InlineData("InvalidTunnel", "1 to 16777215", "--vxlan eth1=vni=0,remote=10.1.0.2")]
    [InlineData("InvalidTunnel", "'ttl'", "--vxlan eth1=vni=5000,remote=10.1.0.2,ttl=3")]
    [InlineData("InvalidTunnel", "two families", "--geneve eth1=vni=5000,remote=10.1.0.2,remote=fd00::2")]
    [InlineData("InvalidVlanId", "4095", "--vxlan eth1=vni=5000,remote=10.1.0.2,vlan=4095")]
    [InlineData("InvalidPort", "2 native VLANs", "--vxlan eth1=vni=5000,remote=10.1.0.2,native=1,native=2")]
    [InlineData("TunnelNamedTwice", "eth1/vxlan5000", "--vxlan eth1=vni=5000,remote=10.1.0.2 --vxlan eth1=vni=5000,remote=10.1.0.3")]
    [InlineData("InvalidStormLimit", "'many'", "--vxlan eth1=vni=5000,remote=10.1.0.2 --storm-limit eth1/vxlan5000=many")]
    [InlineData("InvalidPort", "None or Cisco", "--uplink eth1 --metadata eth1=Acme")]
    [InlineData("InvalidVlanId", "4095", "--uplink eth1=10,4095")]
    [InlineData("InvalidVlanId", "ten", "--access eth1=ten")]
    [InlineData("InvalidVlanId", "native", "--uplink eth1=native")]
    [InlineData("InvalidVlanId", "VLAN 0", "--trunk eth1=10,native:0")]
    [InlineData("InvalidPort", "eth1 is given 0 native VLANs", "--uplink eth1=10,native:")]
    [InlineData("InvalidPort", "eth1 is given 2 native VLANs", "--uplink eth1=10,native:1,native:2")]
    [InlineData("InvalidPort", "--trunk eth1=10,20", "--access eth1=10,20")]
    [InlineData("InvalidPort", "--access eth1=10", "--trunk eth1=10")]
    [InlineData("InvalidPort", "eth9, which is no port", "--uplink eth1 --storm-limit eth9=100")]
    [InlineData("InvalidStormLimit", "'many'", "--uplink eth1 --storm-limit eth1=many")]
    [InlineData("InvalidStormLimit", "10000001", "--uplink eth1 --storm-limit eth1=10000001")]
    [InlineData("InvalidAddressLimit", "given twice", "--uplink eth1 --port-address-limit eth1=1 --port-address-limit eth1=2")]
    [InlineData("InvalidAddressLimit", "1048577 of the port eth1", "--uplink eth1 --port-address-limit eth1=1048577")]
    [InlineData("InvalidAddressLimit", "address limit 1048577 is", "--uplink eth1 --address-limit 1048577")]
    [InlineData("InvalidStormLimit", "20000000 of the port eth1", "--uplink eth1 --storm-limit eth1=20M")]
    [InlineData("InvalidAgeingTime", "12.00:00:00", "--uplink eth1 --ageing-time 12d")]
    [InlineData("InvalidAgeingTime", "00:00:09", "--uplink eth1 --ageing-time 9")]
    [InlineData("InvalidFlowLimit", "flow limit 0", "--uplink eth1 --flow-limit 0")]
    public void Ports_that_make_no_switch_are_refused(string errorId, string named, string ports) =>
        Fails(errorId, named, ["enforce", "--config", "docs/examples/web-and-clients.json", .. ports.Split(' ')]);

    private static void Fails(string errorId, string named, string[] arguments)
    {
        var result = TestProgram.Native.Run(arguments);
        Assert.Contains(named, result.Failed(errorId), StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("handle revoke urn:a --hold-down-time 5y", "See macseg handle revoke --help")]
    [InlineData("--nosuch", "See macseg --help")]
    public void The_way_out_of_wrong_usage_is_typed_as_it_is_told(string arguments, string wayOut) =>
        Assert.Contains(wayOut, TestProgram.Native.Run(arguments.Split(' ')).Error, StringComparison.Ordinal);
}
