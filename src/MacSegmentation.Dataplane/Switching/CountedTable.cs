using MacSegmentation.Policies;

namespace MacSegmentation.Switching;

/// <summary>A decision table with the places where its policies' hits are counted: what a direction swaps as one reference.</summary>
internal sealed record CountedTable(DecisionTable Table, long Epoch, int[] Slots, long[][] Chunks)
{
    public void CountHit(int policyIndex) => PolicyHitCounter.Count(Chunks, Slots[policyIndex]);
}
