using MacSegmentation.Frames;
using MacSegmentation.Pipeline;
using MacSegmentation.Verdicts;

namespace MacSegmentation.PortSecurity;

/// <summary>
/// Holds the hardware address in a DHCP client's message to the interface's: a server leases by it, and not by the frame's source, so that invented ones would use
/// up its addresses.
/// </summary>
internal static class DhcpRules
{
    /// <summary>Judges an IP packet whose network header is complete.</summary>
    /// <returns>Why it is refused, or null.</returns>
    public static VerdictReason? Judge(PortBindings bindings, in PacketHeader packet, ReadOnlySpan<byte> frame)
    {
        if (!DhcpMessage.IsToServerV4(packet))
        {
            return null;
        }

        // What a fragment leaves out the next would bring, unseen.
        return packet.IsFragment ? PacketReasons.FragmentNotAllowed
            : !DhcpMessage.TryReadClient(packet, frame, out ulong hardwareAddress, out bool isRelayed) || (!isRelayed && !bindings.Allows(hardwareAddress))
                ? PortSecurityReasons.DhcpClientAddressNotAllowed
            : null;
    }
}
