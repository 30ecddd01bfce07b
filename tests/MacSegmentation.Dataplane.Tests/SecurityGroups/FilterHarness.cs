using MacSegmentation.Addressing;
using MacSegmentation.Flows;
using MacSegmentation.Frames;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Verdicts;

namespace MacSegmentation.SecurityGroups;

/// <summary>
/// A filter between two ports: web-1 (10.0.0.1, in the group web) and another one, client (10.0.0.2) or whoever, in the group other if that
/// has rules, else in none.
/// </summary>
internal sealed class FilterHarness
{
    private const long Second = 1_000_000_000;

    private readonly GroupFilter filter;
    private GroupTable? table;
    private uint epoch;
    private long now = Second;

    public FilterHarness(MacSecurityGroup web, MacSecurityGroup? other = null, int capacity = 64)
    {
        filter = new GroupFilter(capacity, FlowSeed.From(1));
        Change(web, other);
    }

    public PortGroups Web { get; private set; } = PortGroups.Unrestricted;

    public PortGroups Client { get; private set; } = PortGroups.Unrestricted;

    public GroupFilter Filter => filter;

    public static MacSecurityGroup Group(string name, params MacSecurityGroupRule[] rules) => GroupTableTests.Group(name, rules);

    public static MacSecurityGroupRule Inbound(IpProtocol protocol, params ushort[] ports) => GroupTableTests.Rule(TrafficDirection.Inbound, protocol, ports);

    public static MacSecurityGroupRule Outbound(IpProtocol protocol, params ushort[] ports) => GroupTableTests.Rule(TrafficDirection.Outbound, protocol, ports);

    /// <summary>Puts new tables in force.</summary>
    public void Change(MacSecurityGroup web, MacSecurityGroup? other = null)
    {
        MacInterface[] records = [GroupTableTests.Member(1, "10.0.0.1", web.Name), other is null ? GroupTableTests.Member(2, "10.0.0.2") : GroupTableTests.Member(2, "10.0.0.2", other.Name)];
        table = CompiledGroups.Compile(GroupTableTests.Snapshot(other is null ? [web] : [web, other], records), table);
        (Web, Client) = (table.Of(records[0]), table.Of(records[1]));
        epoch++;
    }

    public void Wait(int seconds) => now += seconds * Second;

    /// <summary>Why a packet does not get to web-1; null if it does.</summary>
    public VerdictReason? ToWeb(TestPacket packet, int vlanId = 10) => Judge(Client, Web, packet.Frame(), vlanId);

    /// <summary>Why a packet from web-1 does not get out; null if it does.</summary>
    public VerdictReason? FromWeb(TestPacket packet, int vlanId = 10) => Judge(Web, Client, packet.Frame(), vlanId);

    public VerdictReason? Judge(PortGroups from, PortGroups to, byte[] frame, int vlanId = 10)
    {
        PacketHeader.Read(frame, out var header);
        return filter.Admit(from, to, vlanId, header, frame, epoch, now, out var reason) ? null : reason;
    }
}
