using System.Text.Json;
using MacSegmentation.Captures;
using MacSegmentation.Processes;

namespace MacSegmentation;

public sealed class TraceTests : IDisposable
{
    private const string Document = "docs/examples/web-and-clients.json";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_frame_that_passes_is_shown_stage_by_stage()
    {
        const string Expected = """
            Frame 1 from client-1: 00:1a:2b:3c:50:21 -> 00:1a:2b:3c:50:11 in VLAN 10, Tcp 10.0.0.21:49152 -> 10.0.0.11:80
              Receive: Allow. client-1 carries VLAN 10 untagged.
              PortSecurity: Allow. The addresses are those of client-1.
              Learning: Allow. 00:1a:2b:3c:50:21 is an address of interface records: behind client-1.
              Policy: Allow (DefaultAction). No policy of VLAN 10 matches: its default action is Allow.
              Lookup: Allow. 00:1a:2b:3c:50:11 is an address of interface records: behind web-1.
              SecurityGroup: Allow. Tcp 10.0.0.21:49152 -> 10.0.0.11:80: from client-1 in clients to web-1 in web.
              Send: Allow. web-1, untagged.
              => Allow (DefaultAction): leaves by web-1

            """;
        Assert.Equal(Expected, Trace("--from", "client-1", "--destination-ip", "10.0.0.11", "--destination-port", "80"));
    }

    [Fact]
    public void A_frame_comes_in_now_or_when_it_is_said_to()
    {
        string[] frame = ["--from", "client-1", "--destination-ip", "10.0.0.11", "--json"];
        var before = TimeProvider.System.GetUtcNow();
        using var now = JsonDocument.Parse(Trace(frame));
        Assert.InRange(now.RootElement.GetProperty("time").GetDateTimeOffset(), before, TimeProvider.System.GetUtcNow());
        using var then = JsonDocument.Parse(Trace([.. frame, "--time", "2026-11-28T10:00:00Z"]));
        Assert.Equal(new DateTimeOffset(2026, 11, 28, 10, 0, 0, TimeSpan.Zero), then.RootElement.GetProperty("time").GetDateTimeOffset());
    }

    [Fact]
    public void A_frame_that_is_refused_is_shown_up_to_there()
    {
        string refused = Trace("--from", "client-1", "--destination-ip", "10.0.0.11", "--destination-port", "81");
        Assert.EndsWith("  => Deny (SecurityGroup): leaves by no port\n", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("Send:", refused, StringComparison.Ordinal);
        string spoofed = Trace("--from", "client-1", "--source-ip", "10.0.0.12", "--destination-ip", "10.0.0.11");
        Assert.EndsWith("  => Deny (SourceIPNotAllowed): leaves by no port\n", spoofed, StringComparison.Ordinal);
        Assert.DoesNotContain("Policy:", spoofed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shared_address_goes_to_all_that_may_hold_it_and_a_store_says_the_same_as_a_document()
    {
        string[] frame = ["--from", "client-1", "--destination-ip", "10.0.0.100", "--destination-port", "443"];
        using var traced = JsonDocument.Parse(Trace([.. frame, "--json"]));
        var root = traced.RootElement;
        Assert.Equal(["web-1", "web-2"], root.GetProperty("to").EnumerateArray().Select(port => port.GetString()));
        Assert.Equal(("00:00:5e:00:01:0a", "10.0.0.100"), (root.GetProperty("destination").GetString(), root.GetProperty("destinationIpAddress").GetString()));
        Assert.Equal(
            ["Receive", "PortSecurity", "Learning", "Policy", "Lookup", "SecurityGroup", "Send", "SecurityGroup", "Send"],
            root.GetProperty("stages").EnumerateArray().Select(stage => stage.GetProperty("stage").GetString()));

        TestProgram.Native.Run("apply", Document, "--store", folder.File("lab.db")).Succeeded();
        Assert.Equal(Trace(frame), TestProgram.Native.Run(["trace", "--store", folder.File("lab.db"), .. frame]).Succeeded());
    }

    [Fact]
    public void The_frames_of_a_capture_are_numbered_and_follow_each_other()
    {
        const string Capture = "docs/examples/cameras-and-plc.pcap";
        var (frames, _) = CapturedFrame.ReadAll(RepositoryFile.Path(Capture));
        string[] lines = Trace("--from", "uplink", "--native-vlan", "10", "--read", Capture, "--json").TrimEnd('\n').Split('\n');
        Assert.Equal(frames.Count, lines.Length);
        for (int i = 0; i < lines.Length; i++)
        {
            using var traced = JsonDocument.Parse(lines[i]);
            Assert.Equal(i + 1, traced.RootElement.GetProperty("number").GetInt32());
        }

        byte[] whole = File.ReadAllBytes(RepositoryFile.Path(Capture));
        var damaged = TestProgram.Native.Run("trace", "--config", Document, "--from", "uplink", "--read", folder.Write("cut.pcap", whole[..^5]), "--json");
        damaged.FailedInJson("CaptureTruncated");
        Assert.Equal(frames.Count - 1, damaged.Output.Count(character => character == '\n'));
    }

    [Fact]
    public void What_is_staged_is_told_beside_what_holds()
    {
        string store = folder.File("staged.db");
        string document = folder.Write("staged.json", """
            {
              "vlans": [{
                "id": 10,
                "ranges": ["00:1a:2b:3c:40:00/36"],
                "interfaces": [
                  { "name": "camera-1", "macAddress": "00:1a:2b:3c:40:01", "tags": ["camera"] },
                  { "name": "recorder", "macAddress": "00:1a:2b:3c:4f:00" }
                ]
              }],
              "partitions": [{ "name": "cameras", "tags": ["camera"], "staged": true, "policies": [{ "peer": "*", "protocol": "Udp", "action": "Deny" }] }]
            }
            """u8.ToArray());
        TestProgram.Native.Run("apply", document, "--store", store).Succeeded();
        string told = TestProgram.Native.Run("trace", "--store", store, "--staged", "--read", "docs/examples/cameras-and-plc.pcap").Succeeded();
        Assert.StartsWith(
            "40 frames, the first is 17, from camera-1: 00:1a:2b:3c:40:01 -> 00:1a:2b:3c:4f:00 in VLAN 10, Udp 10.0.10.1:5004 -> 10.0.10.240:5004\n  Allow to recorder => Deny: Policy 1 of partition 'cameras'",
            told,
            StringComparison.Ordinal);
        Assert.EndsWith(" of 361 frames would change.\n", told, StringComparison.Ordinal);
        string[] lines = TestProgram.Native.Run("trace", "--store", store, "--staged", "--read", "docs/examples/cameras-and-plc.pcap", "--json").Succeeded().TrimEnd('\n').Split('\n');
        using var first = JsonDocument.Parse(lines[0]);
        Assert.Equal(("Allow", "Deny", 40), (first.RootElement.GetProperty("before").GetString(), first.RootElement.GetProperty("after").GetString(), first.RootElement.GetProperty("frames").GetInt32()));
        Assert.Equal(lines.Length, told.Split("=>").Length - 1);
        Assert.Equal("Nothing is staged: nothing would change.\n", TestProgram.Native.Run("trace", "--config", Document, "--staged", "--read", "docs/examples/cameras-and-plc.pcap").Succeeded());
    }

    [Theory]
    [InlineData("InterfaceNotFound", "--from nobody --destination-ip 10.0.0.11")]
    [InlineData("SourceAddressMissing", "--from uplink --destination-ip 10.0.0.11")]
    [InlineData("DestinationAddressMissing", "--from client-1")]
    [InlineData("InvalidVlanId", "--from client-1 --destination-ip 10.0.0.11 --vlan 4095")]
    [InlineData("InvalidVlanId", "--from uplink --native-vlan 0 --source 02:00:00:00:00:01 --destination-ip 10.0.0.11")]
    [InlineData("CaptureNotFound", "--from client-1 --read nowhere.pcap")]
    public void What_cannot_be_traced_is_refused(string errorId, string arguments)
    {
        var result = TestProgram.Native.Run(["trace", "--config", Document, .. arguments.Split(' ')]);
        result.Failed(errorId);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("--destination-ip 10.0.0.11", "--from NAME")]
    [InlineData("--staged", "--read FILE")]
    [InlineData("--staged --from client-1 --read docs/examples/cameras-and-plc.pcap", "no --from")]
    public void Options_that_do_not_belong_together_are_refused_with_the_way_out(string arguments, string wayOut)
    {
        var result = TestProgram.Native.Run(["trace", "--config", Document, .. arguments.Split(' ')]);
        Assert.Contains(wayOut, result.Refused(), StringComparison.Ordinal);
    }

    private static string Trace(params string[] arguments) => TestProgram.Native.Run(["trace", "--config", Document, .. arguments]).Succeeded();
}
