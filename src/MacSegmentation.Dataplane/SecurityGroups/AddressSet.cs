using System.Numerics;
using MacSegmentation.Policies;

namespace MacSegmentation.SecurityGroups;

/// <summary>
/// A set of IP addresses as numbers, each with how often it was added. Immutable; open addressing with linear probing, at most five of eight slots taken.
/// </summary>
internal sealed class AddressSet
{
    private readonly UInt128[] slots;

    /// <summary>How often the address of a slot was added. An address that was taken out keeps its slot, so that no search ends too early.</summary>
    private readonly int[] counts;
    private readonly int shift;
    private int zeros;
    private int taken;

    /// <summary>Makes a set.</summary>
    /// <param name="addresses">Its members; one may be there more than once.</param>
    public AddressSet(IReadOnlyCollection<UInt128> addresses)
    {
        uint size = BitOperations.RoundUpToPowerOf2((uint)(addresses.Count * 8L / 5) + 2);
        shift = 64 - BitOperations.Log2(size);
        slots = new UInt128[size];
        counts = new int[size];
        foreach (var address in addresses)
        {
            Change(address, by: 1);
        }
    }

    private AddressSet(AddressSet before)
    {
        slots = [.. before.slots];
        counts = [.. before.counts];
        shift = before.shift;
        zeros = before.zeros;
        taken = before.taken;
    }

    /// <summary>The set without members.</summary>
    public static AddressSet Empty { get; } = new([]);

    /// <summary>True if the address is a member.</summary>
    public bool Contains(UInt128 address)
    {
        if (address == UInt128.Zero)
        {
            return zeros > 0;
        }

        int slot = SlotOf(address);
        return slots[slot] == address && counts[slot] > 0;
    }

    /// <summary>The set after some were taken out and some were added. It costs a copy, not a look at each member.</summary>
    /// <param name="removed">What is taken out, as often as it is named.</param>
    /// <param name="added">What is added.</param>
    public AddressSet With(IReadOnlyCollection<UInt128> removed, IReadOnlyCollection<UInt128> added)
    {
        if ((taken + added.Count) * 8L > slots.Length * 5L)
        {
            var members = new List<UInt128>(taken + added.Count);
            members.AddRange(Enumerable.Repeat(UInt128.Zero, zeros));
            for (int i = 0; i < slots.Length; i++)
            {
                members.AddRange(Enumerable.Repeat(slots[i], counts[i]));
            }

            members.AddRange(added);
            return new AddressSet(members).With(removed, []);
        }

        var next = new AddressSet(this);
        foreach (var address in removed)
        {
            next.Change(address, by: -1);
        }

        foreach (var address in added)
        {
            next.Change(address, by: 1);
        }

        return next;
    }

    private void Change(UInt128 address, int by)
    {
        if (address == UInt128.Zero)
        {
            zeros += by;
            return;
        }

        int slot = SlotOf(address);
        taken += slots[slot] == address ? 0 : 1;
        slots[slot] = address;
        counts[slot] += by;
    }

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
