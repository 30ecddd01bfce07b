using System.Numerics;

namespace MacSegmentation.SecurityGroups;

/// <summary>A set of IP addresses as numbers. Immutable; open addressing with linear probing, at most half of the slots taken.</summary>
internal sealed class AddressSet
{
    private readonly UInt128[] slots;
    private readonly int shift;
    private readonly bool hasZero;

    /// <summary>Makes a set.</summary>
    /// <param name="addresses">Its members; one may be there more than once.</param>
    public AddressSet(List<UInt128> addresses)
    {
        uint size = BitOperations.RoundUpToPowerOf2((uint)(addresses.Count * 2) + 2);
        shift = 64 - BitOperations.Log2(size);
        slots = new UInt128[size];
        foreach (var address in addresses)
        {
            slots[SlotOf(address)] = address;
            hasZero |= address == UInt128.Zero;
        }
    }

    /// <summary>The set without members.</summary>
    public static AddressSet Empty { get; } = new([]);

    /// <summary>True if the address is a member.</summary>
    public bool Contains(UInt128 address) => address == UInt128.Zero ? hasZero : slots[SlotOf(address)] == address;

    /// <summary>The slot that the address is in, or the free one that a search for it ends at. Zero marks a free slot.</summary>
    private int SlotOf(UInt128 address)
    {
        // Multiply-shift, as in MaskPairTable: neighbouring addresses, the usual case, spread evenly.
        ulong hash = ((ulong)(address >> 64) * 0xD6E8_FEB8_6659_FD93) + ((ulong)address * 0x9E37_79B9_7F4A_7C15);
        int slot = (int)(hash >> shift);
        while (slots[slot] != address && slots[slot] != UInt128.Zero)
        {
            slot = (slot + 1) & (slots.Length - 1);
        }

        return slot;
    }
}
