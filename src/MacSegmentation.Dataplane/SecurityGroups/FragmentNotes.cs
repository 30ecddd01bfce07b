using MacSegmentation.Frames;

namespace MacSegmentation.SecurityGroups;

/// <summary>
/// Notes of the fragmented packets whose first fragment a port has admitted, kept in the table of flows: only the first fragment has what
/// rules ask for. A direction that nothing restricts needs none.
/// </summary>
/// <param name="table">Holds the notes.</param>
internal sealed class FragmentNotes(FlowTable table)
{
    /// <summary>True if a port admits a later fragment: by the note of its first one, or by a rule that asks for nothing but what it has.</summary>
    /// <param name="port">The port's groups.</param>
    /// <param name="direction">Which way the fragment passes the port.</param>
    /// <param name="vlanId">The frame's VLAN.</param>
    /// <param name="packet">The fragment's headers.</param>
    /// <param name="now">The time in nanoseconds.</param>
    public bool Admits(PortGroups port, TrafficDirection direction, int vlanId, in PacketHeader packet, long now) =>
        !port.Restricts(direction)
        || table.Find(PacketFlow.FragmentAt(packet, vlanId, port.Number, direction), now) != FlowTable.None
        || port.AdmitsLaterFragment(direction, packet.Protocol, direction == TrafficDirection.Outbound ? packet.Destination : packet.Source);

    /// <summary>True if a first fragment needs a note that is not there. One that is there is renewed.</summary>
    /// <inheritdoc cref="Admits"/>
    public bool Lacks(PortGroups port, TrafficDirection direction, int vlanId, in PacketHeader packet, long now)
    {
        if (!packet.IsFirstFragment || !port.Restricts(direction))
        {
            return false;
        }

        int place = table.Find(PacketFlow.FragmentAt(packet, vlanId, port.Number, direction), now);
        if (place != FlowTable.None)
        {
            table[place].Expires = now + FlowProgress.Fragment;
        }

        return place == FlowTable.None;
    }

    /// <summary>Notes a first fragment that was admitted. There is room for it.</summary>
    /// <inheritdoc cref="Admits"/>
    public void Add(PortGroups port, TrafficDirection direction, int vlanId, in PacketHeader packet, long now)
    {
        ref var note = ref table.Add(PacketFlow.FragmentAt(packet, vlanId, port.Number, direction));
        note.State = FlowState.Fragment;
        note.Expires = now + FlowProgress.Fragment;
    }
}
