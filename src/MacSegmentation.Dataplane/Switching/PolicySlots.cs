using MacSegmentation.Policies;

namespace MacSegmentation.Switching;

/// <summary>
/// Gives each policy the place of its hit counter, which it keeps from table to table. A removed policy's place is given out again only after
/// every direction works with a table that does not know that policy. The caller serialises the calls.
/// </summary>
internal sealed class PolicySlots
{
    private readonly Stack<int> free = new();
    private readonly Queue<(long Epoch, int Slot)> retired = new();
    private Dictionary<long, int> slots = [];

    /// <summary>Number of places that were ever needed at once.</summary>
    public int Count { get; private set; }

    /// <summary>Gives places to the policies of the next table.</summary>
    /// <param name="policies">The table's policies.</param>
    /// <param name="epoch">The table's number among the enforcer's tables.</param>
    /// <param name="oldestInUse">The lowest number of a table that a direction may still use.</param>
    /// <param name="reused">Places that had another policy before: their counters are to be cleared.</param>
    /// <returns>The place of each policy, by its index.</returns>
    public int[] Assign(ReadOnlySpan<MacPolicy> policies, long epoch, long oldestInUse, List<int> reused)
    {
        while (retired.TryPeek(out var old) && old.Epoch <= oldestInUse)
        {
            free.Push(retired.Dequeue().Slot);
        }

        var next = new Dictionary<long, int>(policies.Length);
        int[] assigned = new int[policies.Length];
        for (int i = 0; i < policies.Length; i++)
        {
            long id = policies[i].PolicyId;
            if (!slots.Remove(id, out int slot) && !next.TryGetValue(id, out slot))
            {
                slot = Take(reused);
            }

            next[id] = slot;
            assigned[i] = slot;
        }

        foreach (int slot in slots.Values)
        {
            retired.Enqueue((epoch, slot));
        }

        slots = next;
        return assigned;
    }

    private int Take(List<int> reused)
    {
        if (!free.TryPop(out int slot))
        {
            return Count++;
        }

        reused.Add(slot);
        return slot;
    }
}
