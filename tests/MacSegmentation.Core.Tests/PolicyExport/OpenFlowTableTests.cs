using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.Policies;
using MacSegmentation.Verdicts;

namespace MacSegmentation.PolicyExport;

public sealed class OpenFlowTableTests
{
    private static readonly PolicyExportRequest Request = new() { Format = PolicyExportFormat.OpenFlow };

    [Fact]
    public void Flows_have_descending_priorities()
    {
        var vlan = ExportedLists.Of(
            PolicyAction.Deny,
            ("02:00:00:00:00:01", "02:00:00:00:00:02", PolicyAction.Allow),
            ("00:1a:2b:00:00:00/24", "Multicast", PolicyAction.Drop),
            ("*", "*", PolicyAction.Allow));
        Assert.Equal(
            """
            # MAC policies for Open vSwitch. Load them with: ovs-ofctl --bundle add-flows BRIDGE FILE. They take the place of an earlier export in one step.
            # Judged are frames in the VLANs below, as they come in; what becomes of frames of other VLANs is left to the bridge's other flows.
            # A VLAN is told by the tag that a frame comes in with: frames from an access port have none, and are not judged.
            # NOT EXPRESSED: Deny and Drop are the same there: both discard in silence, and nothing is reported as a denial event.
            delete cookie=0x6d6163736567/-1
            # VLAN 10 'cameras', default action Deny
            # 10: 02:00:00:00:00:01 -> 02:00:00:00:00:02 Allow
            add cookie=0x6d6163736567,priority=65535,dl_vlan=10,dl_src=02:00:00:00:00:01,dl_dst=02:00:00:00:00:02,actions=NORMAL
            # 20: 00:1a:2b:00:00:00/24 -> Multicast Drop
            add cookie=0x6d6163736567,priority=65534,dl_vlan=10,dl_src=00:1a:2b:00:00:00/ff:ff:ff:00:00:00,dl_dst=01:00:00:00:00:00/01:00:00:00:00:00,actions=drop
            # 30: * -> * Allow
            add cookie=0x6d6163736567,priority=65533,dl_vlan=10,actions=NORMAL
            # default action
            add cookie=0x6d6163736567,priority=1,dl_vlan=10,actions=drop

            """,
            PolicyExporter.Write([vlan], Request).Text);
    }

    [Fact]
    public void More_policies_than_priorities_are_refused()
    {
        static ExportedVlan Of(int count) => ExportedLists.Vlans(PolicyAction.Allow, [.. Enumerable.Range(0, count).Select(i => (MacPattern.Any, MacPattern.Exactly(new MacAddress((ulong)i)), PolicyAction.Drop))]);
        var refusal = Assert.Throws<MacSegmentationException>(() => PolicyExporter.Write([Of(65535)], Request));
        Assert.Equal(("TooManyPolicies", MacErrorKind.Exhausted), (refusal.ErrorId, refusal.Kind));
        Assert.Contains("VLAN 10 has 65535 policies", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("priority=2,dl_vlan=10,dl_dst=00:00:00:00:ff:fd,actions=drop\n", PolicyExporter.Write([Of(65534)], Request).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_flows_decide_as_the_list_does() => Property.Holds(
        from vlan in ExportedLists.Any
        from frames in ExportedLists.Frames
        from untagged in Gen.Elements(false, true)
        select (vlan, frames, untagged),
        given =>
        {
            var flows = new Flows(PolicyExporter.Write([given.vlan], Request with { Untagged = given.untagged }).Text);
            foreach (var (source, destination) in given.frames)
            {
                bool expected = ExportedLists.IsAllowed(given.vlan, source, destination);
                Assert.Equal(expected, flows.Accept("10", source, destination));
                Assert.True(flows.Accept("11", source, destination));
                Assert.Equal(!given.untagged || expected, flows.Accept("0xffff", source, destination));
            }
        },
        count: 1000);

    /// <summary>Flows as a switch has them: whatever their sequence, the greatest priority that matches decides.</summary>
    private sealed class Flows
    {
        private readonly List<(int Priority, Dictionary<string, string> Fields)> flows = [];

        public Flows(string text)
        {
            string[] lines = ExportedLists.Statements(text);
            Assert.Equal("delete cookie=0x6d6163736567/-1", lines[0]);
            foreach (string line in lines.Skip(1).Append("add priority=0,actions=NORMAL"))
            {
                Assert.StartsWith("add ", line, StringComparison.Ordinal);
                var fields = line[4..].Split(',').Select(field => field.Split('=')).ToDictionary(field => field[0], field => field[1], StringComparer.Ordinal);
                flows.Add((int.Parse(fields["priority"], provider: null), fields));
            }
        }

        public bool Accept(string tag, MacAddress source, MacAddress destination)
        {
            var matching = flows.Where(flow => (!flow.Fields.TryGetValue("dl_vlan", out string? vlan) || string.Equals(vlan, tag, StringComparison.Ordinal))
                && Matches(flow.Fields, "dl_src", source) && Matches(flow.Fields, "dl_dst", destination)).ToList();
            int best = matching.Max(flow => flow.Priority);
            return Assert.Single(matching, flow => flow.Priority == best).Fields["actions"] is "NORMAL";
        }

        private static bool Matches(Dictionary<string, string> fields, string name, MacAddress address)
        {
            if (!fields.TryGetValue(name, out string? wanted))
            {
                return true;
            }

            string[] parts = wanted.Split('/');
            ulong mask = parts.Length == 2 ? MacAddress.Parse(parts[1]).Value : ulong.MaxValue;
            return (address.Value & mask) == MacAddress.Parse(parts[0]).Value;
        }
    }
}
