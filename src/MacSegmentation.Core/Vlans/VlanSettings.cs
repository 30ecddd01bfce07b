using MacSegmentation.Addressing;
using MacSegmentation.Documents;
using MacSegmentation.Units;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Vlans;

/// <summary>What the declarative document says of a VLAN itself.</summary>
public record VlanSettings
{
    /// <summary>The VLAN, 1 to 4094.</summary>
    public required int Id { get; init; }

    /// <summary>A name for people; empty if there is none.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The ranges of the VLAN's pool, in any order; none for a VLAN that only has policies.</summary>
    public IReadOnlyList<MacRange> Ranges { get; init; } = [];

    /// <summary>What happens to a frame that no policy matches.</summary>
    public PolicyAction DefaultAction { get; init; }

    /// <summary>How long a released address is held down before it may be given out again.</summary>
    public TimeSpan ReuseDelay { get; init; }

    /// <summary>True if a switch answers ARP requests and neighbour solicitations for the addresses of the VLAN's interface records.</summary>
    public bool ArpResponder { get; init; }

    /// <summary>True if a handle may ask for an address that lies in no pool.</summary>
    public bool OutOfPoolAddresses { get; init; }

    /// <summary>Its members in the document.</summary>
    internal static DocumentObject<VlanSettings> Document { get; } = new DocumentObject<VlanSettings>("vlan", "a VLAN", new() { Id = 0 })
        .Required("id", "The VLAN's id.", new NumberType(VlanId.Minimum, VlanId.Maximum), vlan => vlan.Id, (vlan, id) => vlan with { Id = id }, "InvalidVlanId")
        .Optional("name", "A name for people.", new TextType { MaxLength = 64 }, vlan => vlan.Name, (vlan, name) => vlan with { Name = name }, "InvalidVlanName")
        .List(
            "ranges",
            "The ranges that addresses are given out from: first-last, address/prefix length, or one address. Ranges, also those of different VLANs, never overlap and hold no group address.",
            AddressTypes.Range,
            vlan => vlan.Ranges,
            (vlan, ranges) => vlan with { Ranges = ranges },
            (vlan, error) => error.Target is MacRange range ? IndexOf(range, vlan.Ranges) : null,
            isShown: true)
        .Shown(
            "defaultAction",
            "What happens to a frame that no policy matches.",
            VerdictTypes.Action,
            vlan => vlan.DefaultAction,
            (vlan, action) => vlan with { DefaultAction = action })
        .Optional(
            "reuseDelay",
            "How long a released address is held down before it may be given out again, at most 3650 days: seconds, such as 600, a number with a unit, such as 10m, or hours, minutes and seconds, such as 00:10:00, with days in front, such as 7.00:00:00.",
            DurationType.Instance,
            vlan => vlan.ReuseDelay,
            (vlan, delay) => vlan with { ReuseDelay = delay },
            "InvalidReuseDelay")
        .Optional(
            "arpResponder",
            "Whether a switch answers ARP requests and neighbour solicitations for the addresses of the VLAN's interfaces.",
            FlagType.Instance,
            vlan => vlan.ArpResponder,
            (vlan, isOn) => vlan with { ArpResponder = isOn })
        .Renamed(
            "outOfPoolAddresses",
            "foreignAddresses",
            "Whether a handle may ask for an address that lies in no pool.",
            FlagType.Instance,
            vlan => vlan.OutOfPoolAddresses,
            (vlan, isOn) => vlan with { OutOfPoolAddresses = isOn });

    /// <summary>What a document says of a store's VLAN.</summary>
    internal static VlanSettings Of(MacVlan vlan) => new()
    {
        Id = vlan.VlanId,
        Name = vlan.Name,
        Ranges = vlan.Ranges,
        DefaultAction = vlan.DefaultAction,
        ReuseDelay = vlan.ReuseDelay,
        ArpResponder = vlan.ArpResponder,
        OutOfPoolAddresses = vlan.AdmitsOutOfPoolAddresses,
    };

    /// <summary>The VLAN as a store has it.</summary>
    internal MacVlan ToVlan() => new()
    {
        VlanId = Id,
        Name = Name,
        Ranges = Ranges,
        DefaultAction = DefaultAction,
        ReuseDelay = ReuseDelay,
        ArpResponder = ArpResponder,
        AdmitsOutOfPoolAddresses = OutOfPoolAddresses,
    };

    // What meets another range may be a part of the one in the document; of two that are equal, the later one is too many.
    private static int IndexOf(MacRange part, IReadOnlyList<MacRange> ranges)
    {
        int index = ranges.Count - 1;
        while (index > 0 && !ranges[index].Overlaps(part))
        {
            index--;
        }

        return index;
    }
}
