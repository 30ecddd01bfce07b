namespace MacSegmentation.SecurityGroups;

/// <summary>A fragmented packet as <see cref="GroupModel"/> remembers it.</summary>
internal sealed class ModelNote(GroupModel.Side side, int vlanId, TestPacket packet)
{
    public long InterfaceId => side.Record!.InterfaceId;

    public long LastSeen { get; set; }

    public bool Is(GroupModel.Side other, int vlan, TestPacket fragment) =>
        (other.Record!.InterfaceId, other.Direction, vlan) == (side.Record!.InterfaceId, side.Direction, vlanId)
        && fragment.FragmentId == packet.FragmentId
        && (fragment.IsIPv6 || fragment.Protocol == packet.Protocol) // RFC 8200 section 4.5, RFC 791 section 3.2
        && fragment.Source.Equals(packet.Source)
        && fragment.Destination.Equals(packet.Destination);
}
