using MacSegmentation.Pipeline;
using MacSegmentation.Frames;
using MacSegmentation.Verdicts;

namespace MacSegmentation.PortSecurity;

/// <summary>Holds what a neighbour discovery message says of whose address to the interface's addresses.</summary>
internal static class NeighborRules
{
    /// <summary>Judges a neighbour discovery message whose source is allowed, or a link-local address that the port may have.</summary>
    /// <param name="bindings">The interface's addresses.</param>
    /// <param name="links">The link-local addresses that the port has shown.</param>
    /// <param name="header">The frame's header, whose source is an allowed MAC address.</param>
    /// <param name="packet">The packet's headers.</param>
    /// <param name="frame">The frame that they were read from.</param>
    /// <returns>Why it is refused, or null.</returns>
    public static VerdictReason? Judge(PortBindings bindings, LinkLocalPort links, in FrameHeader header, in PacketHeader packet, ReadOnlySpan<byte> frame)
    {
        // Fragments of it hide what it says, and no host needs them (RFC 6980 section 5).
        if (packet.IsFragment)
        {
            return PacketReasons.FragmentNotAllowed;
        }

        bool isDetection = packet.Source == UInt128.Zero;
        if (!NeighborDiscovery.TryRead(packet, frame, out var message) || !MayTellOf(bindings, message))
        {
            return PacketReasons.NeighborDiscoveryNotAllowed;
        }

        // Whatever a message shows, only one that is right in all else shows it.
        if (!isDetection && !MayUse(bindings, links, header, packet.Source, header.Source))
        {
            return PortSecurityReasons.SourceIPNotAllowed;
        }

        bool isTargetsOwn = message.Type switch
        {
            IcmpTypes.NeighborAdvertisement => MayUse(bindings, links, header, message.Target, message.LinkLayerAddress ?? header.Source),

            // Without a source, its target is the address that it wants to have.
            IcmpTypes.NeighborSolicitation when isDetection => MayUse(bindings, links, header, message.Target, header.Source),
            _ => true,
        };
        return isTargetsOwn ? null : PacketReasons.NeighborDiscoveryNotAllowed;
    }

    /// <summary>A redirect tells of another's address: whoever has no router guard may do that.</summary>
    private static bool MayTellOf(PortBindings bindings, in NeighborDiscovery message) =>
        message.Type == IcmpTypes.Redirect || message.LinkLayerAddress is not { } address || bindings.Allows(address);

    private static bool MayUse(PortBindings bindings, LinkLocalPort links, in FrameHeader header, UInt128 address, ulong mac) =>
        bindings.Allows(address, mac) || links.TryClaim(header.VlanId, address, mac, bindings);
}
