using MacSegmentation.Pipeline;
using MacSegmentation.Frames;
using MacSegmentation.Verdicts;

namespace MacSegmentation.PortSecurity;

/// <summary>Holds what a neighbour discovery message says of whose address to the interface's addresses.</summary>
internal static class NeighborRules
{
    /// <summary>Judges a neighbour discovery message whose source is allowed.</summary>
    /// <param name="bindings">The interface's addresses.</param>
    /// <param name="mac">The frame's source, an allowed MAC address.</param>
    /// <param name="packet">The packet's headers.</param>
    /// <param name="frame">The frame that they were read from.</param>
    /// <returns>Why it is refused, or null.</returns>
    public static VerdictReason? Judge(PortBindings bindings, ulong mac, in PacketHeader packet, ReadOnlySpan<byte> frame)
    {
        // Fragments of it hide what it says, and no host needs them (RFC 6980 section 5).
        if (packet.IsFragment)
        {
            return PacketReasons.FragmentNotAllowed;
        }

        return NeighborDiscovery.TryRead(packet, frame, out var message) && IsAllowed(bindings, mac, packet, message)
            ? null
            : PacketReasons.NeighborDiscoveryNotAllowed;
    }

    private static bool IsAllowed(PortBindings bindings, ulong mac, in PacketHeader packet, in NeighborDiscovery message) => message.Type switch
    {
        IcmpTypes.NeighborAdvertisement => bindings.Allows(message.Target, message.LinkLayerAddress ?? mac),

        // It tells of another's address: whoever has no router guard may do that.
        IcmpTypes.Redirect => true,

        // Without a source, its target is the address that it wants to have.
        IcmpTypes.NeighborSolicitation when packet.Source == UInt128.Zero && !bindings.Allows(message.Target, mac) => false,
        _ => message.LinkLayerAddress is not { } address || bindings.Allows(address),
    };
}
