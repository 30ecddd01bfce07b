using MacSegmentation.Addressing;
using MacSegmentation.Frames;
using MacSegmentation.Verdicts;

namespace MacSegmentation.PortSecurity;

/// <summary>Holds the sender that an ARP packet tells of to the interface's addresses.</summary>
internal static class ArpRules
{
    private static readonly UInt128 Unspecified = IpNumber.FromIPv4(0);

    /// <summary>Judges a complete ARP packet whose frame comes from an allowed MAC address.</summary>
    /// <returns>Why it is refused, or null.</returns>
    public static VerdictReason? Judge(PortBindings bindings, in PacketHeader packet)
    {
        // Who probes whether an address is free gives none (RFC 5227 section 2.1.1).
        bool isAllowed = bindings.ChecksAddresses && packet.Source != Unspecified
            ? bindings.Allows(packet.Source, packet.ArpSenderMac)
            : bindings.Allows(packet.ArpSenderMac);
        return isAllowed ? null : PortSecurityReasons.ArpSenderNotAllowed;
    }
}
