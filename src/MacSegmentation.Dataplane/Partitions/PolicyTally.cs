using System.Diagnostics.CodeAnalysis;

namespace MacSegmentation.Partitions;

/// <summary>Frames that a partition's policy decided over, or would have, if it is staged. It outlives the tables.</summary>
internal sealed class PolicyTally
{
    /// <summary>The frames. Counted in place, by the thread that has the switch's turn.</summary>
    [SuppressMessage("Design", "CA1051", Justification = "It is counted in place.")]
    public long Frames;
}
