using System.Diagnostics.CodeAnalysis;

namespace MacSegmentation.Carriers;

/// <summary>What a packet says of the partition that it comes from, whatever carries it: the 16-bit id, and two marks of VXLAN's group policy extension.</summary>
/// <param name="Id">Number of the source's partition, 1 to 65,535; 0 for none.</param>
/// <param name="IsApplied">True if policies were applied to the packet already (A of draft-smith-vxlan-group-policy): it is not to be judged again.</param>
/// <param name="IsNotLearned">True if its source is not to be learned (D).</param>
[SuppressMessage("Naming", "CA1720", Justification = "It is an id.")]
internal readonly record struct PartitionTag(ushort Id, bool IsApplied = false, bool IsNotLearned = false)
{
    internal const uint AppliedMark = 1 << 16;
    internal const uint NotLearnedMark = 1 << 17;

    /// <summary>The tag as one number, as a frame takes it along: 0 for nothing.</summary>
    public uint Value => Id | (IsApplied ? AppliedMark : 0) | (IsNotLearned ? NotLearnedMark : 0);

    /// <summary>The tag that a frame took along.</summary>
    /// <param name="value">Its number.</param>
    public static PartitionTag Of(uint value) => new((ushort)value, (value & AppliedMark) != 0, (value & NotLearnedMark) != 0);
}
