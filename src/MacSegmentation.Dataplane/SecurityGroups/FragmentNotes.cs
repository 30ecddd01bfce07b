using MacSegmentation.Addressing;
using MacSegmentation.Flows;
using MacSegmentation.Frames;

namespace MacSegmentation.SecurityGroups;

/// <summary>
/// Notes of the fragmented packets whose first fragment a port has admitted: only the first fragment has what
/// rules ask for. A direction that nothing restricts needs none. They have a table apart from that of flows, so that neither takes the other's room.
/// </summary>
/// <param name="table">Holds the notes, and nothing else.</param>
internal sealed class FragmentNotes(FlowTable table)
{
    /// <summary>How often a first fragment found no room for its note.</summary>
    public long Refused => table.Refused;

    /// <summary>True if there is room for notes that ports lack, within their shares; counts a refusal if not.</summary>
    /// <param name="from">The port that the fragment comes from.</param>
    /// <param name="fromLacks">True if it lacks a note.</param>
    /// <param name="to">The port that the fragment goes to.</param>
    /// <param name="toLacks">True if it lacks a note.</param>
    /// <param name="now">The time in nanoseconds.</param>
    public bool HasRoom(PortGroups from, bool fromLacks, PortGroups to, bool toLacks, long now)
    {
        int count = (fromLacks ? 1 : 0) + (toLacks ? 1 : 0);
        return count == 0
            || (table.TryMakeRoom(count, now) && (!fromLacks || table.HasShare(from.Number, 1, now)) && (!toLacks || table.HasShare(to.Number, 1, now)));
    }

    /// <summary>Forgets all notes.</summary>
    public void Clear() => table.Clear();

    /// <summary>Forgets some of those that have expired.</summary>
    /// <param name="places">How many places of the table are looked at.</param>
    /// <param name="now">The time in nanoseconds.</param>
    public void Sweep(int places, long now) => table.Sweep(places, now);

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
