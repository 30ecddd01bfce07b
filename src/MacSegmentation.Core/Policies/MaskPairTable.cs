using System.Numerics;
using System.Runtime.CompilerServices;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Policies;

/// <summary>
/// The policies of a VLAN that share one pair of masks, as a hash table from the masked pair of addresses to the earliest policy's result.
/// Open addressing with linear probing in slots of 16 bytes, four to a cache line: a lookup touches one line as a rule. At most a quarter
/// of the slots is taken, because what costs time is not the memory but a search that does not end where it begins: it is mispredicted.
/// </summary>
internal readonly struct MaskPairTable
{
    private const uint SlotsPerPolicy = 4;

    private readonly ulong sourceMask;
    private readonly ulong destinationMask;
    private readonly Slot[] slots;
    private readonly int shift;

    /// <summary>Makes room for the policies that share a pair of masks.</summary>
    /// <param name="model">A policy that has the pair of masks.</param>
    /// <param name="members">Number of policies that will be added at most.</param>
    /// <param name="lowestRank">The lowest rank among them.</param>
    /// <param name="otherwise">The result for a frame that none of them matches; higher than every policy's.</param>
    public MaskPairTable(MacPolicy model, int members, int lowestRank, uint otherwise)
        : this(BitOperations.RoundUpToPowerOf2((uint)members * SlotsPerPolicy), otherwise)
    {
        sourceMask = model.SourceAddress.Mask;
        destinationMask = model.DestinationAddress.Mask;
        LowestResult = Verdict.Encode(lowestRank, PolicyAction.Allow);
    }

    private MaskPairTable(uint size, uint otherwise)
    {
        shift = 64 - BitOperations.Log2(size);
        slots = new Slot[size];
        Array.Fill(slots, new Slot(0, 0, otherwise));
    }

    /// <summary>No result in the table is lower than this.</summary>
    public uint LowestResult { get; }

    /// <summary>A table that has one result for all frames.</summary>
    public static MaskPairTable Always(uint result) => new(size: 2, result);

    /// <summary>Adds a policy, unless an earlier one has the same masked pair: that one always wins. Called by ascending rank.</summary>
    public void Add(MacPolicy policy, int rank)
    {
        var slot = new Slot(policy.SourceAddress.Value, policy.DestinationAddress.Value, Verdict.Encode(rank, policy.Action));
        int index = Hash(policy.SourceAddress.Value, policy.DestinationAddress.Value);
        while (!slots[index].Ends(slot))
        {
            index = (index + 1) & (slots.Length - 1);
        }

        if (slots[index].IsEmpty)
        {
            slots[index] = slot;
        }
    }

    /// <summary>The result for a frame.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Find(ulong source, ulong destination)
    {
        source &= sourceMask;
        destination &= destinationMask;
        int index = Hash(source, destination);
        ref readonly var first = ref slots[index];
        return first.Ends(new Slot(source, destination, 0)) ? first.Result : FindBehind(index, source, destination);
    }

    /// <summary>The rare way on, kept out of the line of the common one.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint FindBehind(int index, ulong source, ulong destination)
    {
        var key = new Slot(source, destination, 0);
        do
        {
            index = (index + 1) & (slots.Length - 1);
        }
        while (!slots[index].Ends(key));
        return slots[index].Result;
    }

    /// <summary>
    /// Multiply-shift for vectors: collisions are as rare as by chance for any set of addresses (Thorup, "High Speed Hashing for Integers and
    /// Strings", arXiv 1504.06804, section 3.4).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Hash(ulong source, ulong destination) =>
        (int)(((source * 0x9E37_79B9_7F4A_7C15) + (destination * 0xD6E8_FEB8_6659_FD93)) >> shift);

    /// <summary>Two 48-bit addresses and a 32-bit result in 16 bytes.</summary>
    private readonly struct Slot(ulong source, ulong destination, uint result)
    {
        private readonly ulong low = (source << 48) | destination;
        private readonly uint high = (uint)(source >> 16);

        public uint Result { get; } = result;

        public bool IsEmpty => !Verdict.IsOfPolicy(Result);

        /// <summary>
        /// True if a search for the key ends here: the slot has the key, or it is empty. Its result is the answer either way (an empty slot
        /// has what holds otherwise), so one branch, seldom mispredicted, serves hits and misses alike.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Ends(in Slot key) => ((low ^ key.low | (ulong)(high ^ key.high)) == 0) | IsEmpty;
    }
}
