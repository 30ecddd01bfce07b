using System.Numerics;
using System.Runtime.InteropServices;

namespace MacSegmentation.Policies;

/// <summary>
/// The policies of a VLAN that share one pair of masks, as a hash table from the masked pair of addresses to the lowest rank. Open
/// addressing with linear probing at most half full, so a lookup touches one cache line as a rule; a slot is 16 bytes, four to a line.
/// </summary>
internal sealed class MaskPairTable
{
    /// <summary>A result that no policy gives; greater than every one that a policy gives.</summary>
    public const uint None = uint.MaxValue;

    /// <summary>A result's low bits hold the action, the others the policy's rank, so the lower result is the earlier policy.</summary>
    public const int ActionBits = 2;

    /// <summary>The bits that hold the action.</summary>
    public const uint ActionMask = (1 << ActionBits) - 1;

    private readonly ulong sourceMask;
    private readonly ulong destinationMask;
    private readonly Slot[] slots;
    private readonly int shift;

    public MaskPairTable(ulong sourceMask, ulong destinationMask, int members, int lowestRank)
    {
        this.sourceMask = sourceMask;
        this.destinationMask = destinationMask;
        LowestRank = (uint)lowestRank;
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(2 * members, 2));
        shift = 64 - BitOperations.Log2((uint)size);
        slots = new Slot[size];
        Array.Fill(slots, new Slot(0, 0, None));
    }

    /// <summary>The lowest rank in the table.</summary>
    public uint LowestRank { get; }

    /// <summary>Adds a policy, unless an earlier one has the same masked pair: that one always wins. Called by ascending rank.</summary>
    public void Add(ulong source, ulong destination, int rank, PolicyAction action)
    {
        var slot = new Slot(source, destination, ((uint)rank << ActionBits) | (uint)action);
        uint index = (uint)(Hash(source, destination) >> shift);
        while (slots[index].Result != None)
        {
            if (slots[index].HasKey(slot))
            {
                return;
            }

            index = (index + 1) & (uint)(slots.Length - 1);
        }

        slots[index] = slot;
    }

    /// <summary>The result for a frame, or <see cref="None"/>.</summary>
    public uint Find(ulong source, ulong destination)
    {
        source &= sourceMask;
        destination &= destinationMask;
        var key = new Slot(source, destination, None);
        var table = slots;
        uint index = (uint)(Hash(source, destination) >> shift);
        while (true)
        {
            ref readonly var slot = ref table[index & (uint)(table.Length - 1)];
            if (slot.HasKey(key) || slot.Result == None)
            {
                return slot.Result;
            }

            index++;
        }
    }

    /// <summary>
    /// Multiplicative hashing (Knuth, The Art of Computer Programming, volume 3, section 6.4): the high bits of the product depend on all
    /// bits of both addresses.
    /// </summary>
    private static ulong Hash(ulong source, ulong destination)
    {
        ulong mixed = source ^ BitOperations.RotateLeft(destination, 24) ^ (destination >> 40);
        mixed *= 0x9E37_79B9_7F4A_7C15;
        mixed ^= mixed >> 32;
        return mixed * 0xD6E8_FEB8_6659_FD93;
    }

    /// <summary>Two 48-bit addresses and a 32-bit result in 16 bytes: each address's low half is whole, their high halves share a word.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Slot(ulong source, ulong destination, uint result)
    {
        private readonly ulong low = (source << 32) | (uint)destination;
        private readonly uint high = ((uint)(source >> 32) << 16) | (uint)(destination >> 32);

        public uint Result { get; } = result;

        public bool HasKey(in Slot other) => low == other.low && high == other.high;
    }
}
