namespace MacSegmentation.Forwarding;

/// <summary>A MAC address in a VLAN as one number: what a switch learns and looks up (IEEE 802.1Q-2022 section 8.8: independent learning).</summary>
internal static class AddressKey
{
    private const int VlanShift = 48;

    public static ulong Of(int vlanId, ulong address) => ((ulong)vlanId << VlanShift) | address;

    public static int VlanOf(ulong key) => (int)(key >> VlanShift);

    public static ulong AddressOf(ulong key) => key & ((1UL << VlanShift) - 1);

    /// <summary>The place of a key among 2^(64 − shift) places: multiplication by an odd number spreads every bit upwards.</summary>
    public static int Hash(ulong key, int shift)
    {
        key ^= key >> 29;
        return (int)((key * 0x9E37_79B9_7F4A_7C15) >> shift);
    }
}
