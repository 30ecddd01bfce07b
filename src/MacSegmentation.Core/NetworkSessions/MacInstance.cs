using System.Collections;
using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Profiles;
using MacSegmentation.Units;

namespace MacSegmentation.NetworkSessions;

/// <summary>A machine that was launched: its interface record, its session, and the vNIC profile that it got.</summary>
public sealed record MacInstance
{
    /// <summary>The machine, and the name of its interface record; unique in the store without regard to case.</summary>
    public required string Name { get; init; }

    /// <summary>Its session; null for none.</summary>
    public string? Session { get; init; }

    /// <summary>The profile of its own, which counts more than any rule and its session's default; null for none.</summary>
    public string? Profile { get; init; }

    /// <summary>The profile that it was given at launch or with its last change; null for none.</summary>
    public string? ResolvedProfile { get; init; }

    /// <summary>Where that comes from.</summary>
    public ProfileSource ProfileSource { get; init; }

    /// <summary>The number of the rule that it comes from; null if it comes from none, or from one that a document does not tell.</summary>
    public long? ProfileRule { get; init; }

    /// <summary>The profile that its port has now: none while its session is suspended, another one while a rule has adjusted it.</summary>
    public string? EffectiveProfile { get; init; }

    /// <summary>Why its port has that at this time, such as <c>scenario flaky-line, step 3</c>, where whoever read the instance looked it up; null if time has no part in it.</summary>
    public string? ScheduledBy { get; init; }

    /// <summary>The profile that it has at times of its own; null for none.</summary>
    public ProfileSchedule? Schedule { get; init; }

    /// <summary>What an enforcer makes on its Linux host for the instance to use, while both are there.</summary>
    public AttachmentKind Attach { get; init; }

    /// <summary>Name of the enforcer that makes it, or of its host; null for whichever has a port that carries the VLAN.</summary>
    public string? AttachEnforcer { get; init; }

    /// <summary>The adapter that is made for the instance to use, at most 15 octets; null if none is to be made.</summary>
    public string? AttachAdapter => Attach == AttachmentKind.None ? null : InterfaceAttachment.AdapterOf(Name, InterfaceId);

    /// <summary>Its VLAN, 1 to 4094.</summary>
    public int VlanId { get; init; }

    /// <summary>Its MAC address.</summary>
    public MacAddress MacAddress { get; init; }

    /// <summary>True if its port lets in frames from other MAC addresses than its own.</summary>
    public bool MayUseOtherAddresses { get; init; }

    /// <summary>The number of its interface record.</summary>
    public long InterfaceId { get; init; }

    /// <summary>Its interface record.</summary>
    public string InterfaceName => Name;

    /// <summary>The machine, under the name by which Hyper-V's cmdlets bind it.</summary>
    public string VMName => Name;

    /// <summary>The MAC address in the form that Set-VMNetworkAdapter wants: 12 capital digits.</summary>
    public string StaticMacAddress => MacAddress.ToString("N");

    /// <summary>The profile in force, where whoever read the instance looked it up.</summary>
    internal MacProfile? Character { get; init; }

    /// <summary>
    /// What Hyper-V's Set-VMNetworkAdapter takes by splatting. It limits what the machine sends: MaximumBandwidth is the bandwidth of egress in bits a second, 0 for no limit.
    /// MinimumBandwidthWeight is there if the profile's frames share a bandwidth by weight.
    /// </summary>
    public Hashtable VMNetworkAdapterSettings
    {
        get
        {
            var settings = new Hashtable(StringComparer.OrdinalIgnoreCase)
            {
                ["VMName"] = VMName,
                [nameof(StaticMacAddress)] = StaticMacAddress,
                ["MacAddressSpoofing"] = OnOff(MayUseOtherAddresses),
                ["IeeePriorityTag"] = OnOff(Character?.Priority is not null),
                ["MaximumBandwidth"] = Character?.Egress.Bandwidth is { } bandwidth ? bandwidth.BitsPerSecond : 0L,
            };
            if (Character is { SchedulingClass: SchedulingClass.Weighted } weighted)
            {
                settings["MinimumBandwidthWeight"] = (uint)((weighted.Priority ?? 0) + 1);
            }

            return settings;
        }
    }

    /// <summary>What Hyper-V's Set-VMNetworkAdapterVlan takes by splatting: an access port of the VLAN.</summary>
    public Hashtable VMNetworkAdapterVlanSettings => new(StringComparer.OrdinalIgnoreCase) { ["VMName"] = VMName, ["Access"] = true, [nameof(VlanId)] = VlanId };

    private static string OnOff(bool isOn) => isOn ? "On" : "Off";
}
