using System.Runtime.CompilerServices;

namespace MacSegmentation.Policies;

/// <summary>
/// How many frames each policy decided over. A policy keeps its count from table to table; a new one begins at zero. What it takes follows the policies that
/// are hit, not those that there are.
/// </summary>
/// <remarks>One thread at a time counts and commits, the one that has the switch's turn; any thread may prepare or read.</remarks>
internal sealed class PolicyHitCounter
{
    private const int ChunkBits = 6;
    private const int ChunkLength = 1 << ChunkBits;

    private State active = new([], [], [], SlotCount: 0, []);

    /// <summary>Counts a frame.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Count(int policyIndex)
    {
        var state = active;
        int slot = state.Slots[policyIndex];
        (state.Chunks[slot >> ChunkBits] ?? AddChunk(state, slot))[slot & (ChunkLength - 1)]++;
    }

    /// <summary>The frames of each policy of the active table, by its index; from any thread.</summary>
    public long[] ReadAll()
    {
        var state = Volatile.Read(ref active);
        long[] counts = new long[state.Slots.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            int slot = state.Slots[i];
            counts[i] = Volatile.Read(ref state.Chunks[slot >> ChunkBits]) is { } chunk ? Volatile.Read(ref chunk[slot & (ChunkLength - 1)]) : 0;
        }

        return counts;
    }

    /// <summary>Finds the places where a table's policies are counted. The calls are serialised, and each result is committed before the next.</summary>
    /// <returns>What puts them in force.</returns>
    public Action Prepare(DecisionTable next)
    {
        var before = active;
        var vlans = new Dictionary<int, VlanSlots>();
        var changed = new List<VlanPolicies>();
        foreach (var vlan in next.Vlans)
        {
            if (before.Vlans.TryGetValue(vlan.VlanId, out var same) && ReferenceEquals(same.Source, vlan))
            {
                vlans.Add(vlan.VlanId, same);
            }
            else
            {
                changed.Add(vlan);
            }
        }

        if (changed.Count == 0 && vlans.Count == before.Vlans.Count)
        {
            return static () => { };
        }

        // What a changed or removed VLAN had is free again, except for the policies that stay.
        var free = new Stack<int>(before.Free);
        int slotCount = before.SlotCount;
        var reused = new List<int>();
        var staying = changed.ToDictionary(vlan => vlan.VlanId, vlan => before.Vlans.TryGetValue(vlan.VlanId, out var former) ? former.Of(vlan) : []);
        foreach (var former in before.Vlans.Values.Where(former => !vlans.ContainsKey(former.Source.VlanId)))
        {
            var stays = staying.TryGetValue(former.Source.VlanId, out var kept) ? kept.Values.ToHashSet() : [];
            foreach (int slot in former.Slots.Where(slot => !stays.Contains(slot)))
            {
                free.Push(slot);
            }
        }

        foreach (var vlan in changed)
        {
            vlans.Add(vlan.VlanId, new VlanSlots(vlan, Assign(vlan, staying[vlan.VlanId], free, reused, ref slotCount)));
        }

        long[]?[] chunks = new long[]?[(slotCount + ChunkLength - 1) >> ChunkBits];
        int[] slots = new int[next.Policies.Length];
        int at = 0;
        foreach (var vlan in next.Vlans)
        {
            vlans[vlan.VlanId].Slots.CopyTo(slots, at);
            at += vlan.Policies.Length;
        }

        var made = new State(vlans, slots, chunks, slotCount, [.. free]);
        return () => Commit(made, reused);
    }

    private static int[] Assign(VlanPolicies vlan, Dictionary<long, int> staying, Stack<int> free, List<int> reused, ref int slotCount)
    {
        int[] slots = new int[vlan.Policies.Length];
        for (int i = 0; i < slots.Length; i++)
        {
            if (!staying.TryGetValue(vlan.Policies[i].PolicyId, out slots[i]))
            {
                if (free.TryPop(out slots[i]))
                {
                    reused.Add(slots[i]);
                }
                else
                {
                    slots[i] = slotCount++;
                }
            }
        }

        return slots;
    }

    private static long[] AddChunk(State state, int slot) => state.Chunks[slot >> ChunkBits] = new long[ChunkLength];

    private void Commit(State next, List<int> reused)
    {
        active.Chunks.AsSpan(0, Math.Min(active.Chunks.Length, next.Chunks.Length)).CopyTo(next.Chunks);
        foreach (int slot in reused)
        {
            if (next.Chunks[slot >> ChunkBits] is { } chunk)
            {
                chunk[slot & (ChunkLength - 1)] = 0;
            }
        }

        Volatile.Write(ref active, next);
    }

    /// <summary>The places of a table's policies.</summary>
    /// <param name="Vlans">The VLANs.</param>
    /// <param name="Slots">The place of each policy, by its index in the table.</param>
    /// <param name="Chunks">The counts, in pieces that are made when a policy of theirs is hit first.</param>
    /// <param name="SlotCount">Number of places.</param>
    /// <param name="Free">Places without a policy.</param>
    private sealed record State(Dictionary<int, VlanSlots> Vlans, int[] Slots, long[]?[] Chunks, int SlotCount, int[] Free);

    /// <summary>The places of one VLAN's policies, in their order.</summary>
    private sealed record VlanSlots(VlanPolicies Source, int[] Slots)
    {
        /// <summary>The places of the policies that a later list has too, by their ids.</summary>
        public Dictionary<long, int> Of(VlanPolicies later)
        {
            var present = new HashSet<long>(later.Policies.Length);
            foreach (var policy in later.Policies)
            {
                present.Add(policy.PolicyId);
            }

            var kept = new Dictionary<long, int>(present.Count);
            for (int i = 0; i < Slots.Length; i++)
            {
                if (present.Contains(Source.Policies[i].PolicyId))
                {
                    kept[Source.Policies[i].PolicyId] = Slots[i];
                }
            }

            return kept;
        }
    }
}
