namespace MacSegmentation.Frames;

/// <summary>IPv6 addresses of one link (RFC 4291 section 2.5.6): fe80::/64, which is on every link.</summary>
internal static class LinkLocal
{
    private const ulong Prefix = 0xFE80_0000_0000_0000;
    private const ulong UniversalBit = 0x0200_0000_0000_0000;
    private const ulong Middle = 0xFF_FE00_0000;
    private const ulong MiddleMask = 0xFF_FF00_0000;

    /// <summary>True for an address of the link.</summary>
    /// <param name="address">The address as <see cref="Addressing.IpNumber"/>.</param>
    public static bool Is(UInt128 address) => (ulong)(address >> 64) == Prefix;

    /// <summary>The address that a host makes of its MAC address (RFC 4291 appendix A), where it does not make one that tells nothing (RFC 7217).</summary>
    public static UInt128 Of(ulong mac)
    {
        ulong identifier = ((mac >> 24) << 40) | Middle | (mac & 0xFF_FFFF);
        return new UInt128(Prefix, identifier ^ UniversalBit);
    }

    /// <summary>True if the address is such as a host makes of a MAC address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="mac">The MAC address.</param>
    public static bool TryReadMac(UInt128 address, out ulong mac)
    {
        ulong identifier = (ulong)address ^ UniversalBit;
        mac = ((identifier >> 40) << 24) | (identifier & 0xFF_FFFF);
        return Is(address) && (identifier & MiddleMask) == Middle;
    }
}
