using MacSegmentation.Pipeline;
using MacSegmentation.Frames;
using MacSegmentation.Verdicts;

namespace MacSegmentation.PortSecurity;

/// <summary>Holds the addresses that a virtual router advertises to the interface's.</summary>
internal static class VrrpRules
{
    /// <summary>Judges a VRRP packet whose frame comes from an allowed MAC address.</summary>
    /// <returns>Why it is refused, or null.</returns>
    public static VerdictReason? Judge(PortBindings bindings, in PacketHeader packet, ReadOnlySpan<byte> frame)
    {
        // The virtual router's MAC address goes with the primary address of whoever sends (RFC 9568 section 7.2): not a pair.
        if (!bindings.AllowsWithAnyMac(packet.Source))
        {
            return PortSecurityReasons.SourceIPNotAllowed;
        }

        if (packet.IsFragment)
        {
            return PacketReasons.FragmentNotAllowed;
        }

        if (!VrrpAdvertisement.TryRead(packet, frame, out var advertisement))
        {
            return PortSecurityReasons.VrrpAddressNotAllowed;
        }

        for (int i = 0; i < advertisement.Count; i++)
        {
            if (!bindings.AllowsWithAnyMac(advertisement[i]))
            {
                return PortSecurityReasons.VrrpAddressNotAllowed;
            }
        }

        return null;
    }
}
