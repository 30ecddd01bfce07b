using System.Collections;
using System.Globalization;
using MacSegmentation.Addressing;
using MacSegmentation.Frames;

namespace MacSegmentation.Vlans;

/// <summary>Which VLANs a port carries, and which of them without a tag (IEEE 802.1Q-2022 section 8.8.2: member set and untagged set). Immutable.</summary>
internal sealed class VlanMembership
{
    private static readonly VlanMembership?[] AccessMemberships = new VlanMembership?[VlanId.FieldValues];
    private static readonly VlanMembership?[] TunnelMemberships = new VlanMembership?[VlanId.FieldValues];

    private readonly BitArray members;
    private readonly bool admitsTagged;

    private VlanMembership(BitArray members, int untaggedVlan, bool admitsTagged, bool isTunnel = false)
    {
        this.members = members;
        UntaggedVlan = untaggedVlan;
        this.admitsTagged = admitsTagged;
        IsTunnel = isTunnel;
    }

    /// <summary>A port that carries nothing: its interface record was removed.</summary>
    public static VlanMembership None { get; } = new(new BitArray(VlanId.FieldValues), untaggedVlan: 0, admitsTagged: false);

    /// <summary>The VLAN of frames without a tag's VLAN, or 0 if they are not admitted.</summary>
    public int UntaggedVlan { get; }

    /// <summary>True for an access port that carries QinQ: whatever comes in is of its one VLAN, and its tags are those of the network behind it.</summary>
    public bool IsTunnel { get; }

    /// <summary>An access port: one VLAN, untagged. Ports of one VLAN share the membership.</summary>
    /// <param name="vlan">The VLAN.</param>
    /// <param name="isTunnel">True if it carries QinQ.</param>
    public static VlanMembership Access(int vlan, bool isTunnel = false)
    {
        var made = isTunnel ? TunnelMemberships : AccessMemberships;
        return Volatile.Read(ref made[vlan]) ?? (made[vlan] = MakeAccess(vlan, isTunnel));
    }

    /// <summary>A trunk port.</summary>
    /// <param name="vlans">The VLANs that it carries with a tag.</param>
    /// <param name="nativeVlan">The VLAN that it carries without one, or null.</param>
    /// <param name="isOpen">True if it carries all VLANs.</param>
    public static VlanMembership Trunk(IReadOnlyList<int> vlans, int? nativeVlan, bool isOpen)
    {
        var members = new BitArray(VlanId.FieldValues, isOpen);
        members[0] = members[VlanId.FieldValues - 1] = false;
        foreach (int vlan in vlans.Concat(nativeVlan is { } native ? [native] : []))
        {
            members[vlan] = true;
        }

        return new VlanMembership(members, nativeVlan ?? 0, admitsTagged: true);
    }

    private static VlanMembership MakeAccess(int vlan, bool isTunnel)
    {
        var members = new BitArray(VlanId.FieldValues);
        members[vlan] = true;
        return new VlanMembership(members, vlan, admitsTagged: false, isTunnel);
    }

    /// <summary>True if the port carries the VLAN.</summary>
    public bool Carries(int vlan) => members[vlan];

    /// <summary>
    /// True if a frame may come in as it is. An access port's station does not choose its VLAN: it sends no VLAN tag, and no stack of tags; where the port
    /// carries QinQ, none of them is the frame's.
    /// </summary>
    /// <param name="header">The frame's header.</param>
    public bool Admits(in FrameHeader header) =>
        members[header.VlanId] && (admitsTagged || header.Tag == FrameTag.None || header is { Tag: FrameTag.Priority, OuterTags: 1 });

    /// <summary>The VLANs as a list with ranges, such as <c>10,20-29</c>; the untagged one is marked with <c>u</c>.</summary>
    public override string ToString()
    {
        var parts = new List<string>();
        for (int first = 1; first < VlanId.FieldValues; first++)
        {
            if (!members[first])
            {
                continue;
            }

            int last = first;
            while (first != UntaggedVlan && last + 1 != UntaggedVlan && members[last + 1])
            {
                last++;
            }

            string range = first == last ? first.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{first}-{last}");
            parts.Add(first == UntaggedVlan ? $"{range}u" : range);
            first = last;
        }

        return string.Join(',', parts);
    }
}
