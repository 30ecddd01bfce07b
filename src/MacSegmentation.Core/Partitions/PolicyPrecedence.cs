namespace MacSegmentation.Partitions;

/// <summary>
/// The total order of policies that match the same packet, the same everywhere: the greater priority, the more specific match (peer, protocol, ports, EtherType, direction), the
/// stricter action, the partition's ordinal name, the place in the partition. With <see cref="ConflictResolution.Strictest"/> strictness stands first.
/// </summary>
/// <param name="resolution">What counts first.</param>
public sealed class PolicyPrecedence(ConflictResolution resolution)
{
    /// <summary>Compares two policies.</summary>
    /// <param name="x">One.</param>
    /// <param name="y">The other one.</param>
    /// <returns>Less than 0 if the first one decides before the other.</returns>
    public int Compare(RankedPolicy x, RankedPolicy y) => Compare(x, y, out _);

    /// <summary>Compares two policies.</summary>
    /// <param name="x">One.</param>
    /// <param name="y">The other one.</param>
    /// <param name="step">Which step decided.</param>
    /// <returns>Less than 0 if the first one decides before the other.</returns>
    public int Compare(RankedPolicy x, RankedPolicy y, out PrecedenceStep step)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        foreach (var next in Steps)
        {
            int order = Compare(x, y, next);
            if (order != 0)
            {
                step = next;
                return order;
            }
        }

        step = PrecedenceStep.Order;
        return 0;
    }

    /// <summary>The steps in their sequence.</summary>
    private PrecedenceStep[] Steps { get; } = resolution == ConflictResolution.Strictest
        ? [PrecedenceStep.Action, .. Enum.GetValues<PrecedenceStep>().Where(step => step != PrecedenceStep.Action)]
        : Enum.GetValues<PrecedenceStep>();

    private static int Compare(RankedPolicy x, RankedPolicy y, PrecedenceStep step) => step switch
    {
        PrecedenceStep.Priority => y.Priority.CompareTo(x.Priority),
        PrecedenceStep.Peer => x.Policy.Peer.Kind.CompareTo(y.Policy.Peer.Kind),
        PrecedenceStep.Protocol => IsAny(x).CompareTo(IsAny(y)),
        PrecedenceStep.Ports => x.Policy.PortCount.CompareTo(y.Policy.PortCount),
        PrecedenceStep.EtherType => (x.Policy.EtherType is null).CompareTo(y.Policy.EtherType is null),
        PrecedenceStep.Direction => (x.Policy.Direction is null).CompareTo(y.Policy.Direction is null),
        PrecedenceStep.Action => Mildness(x).CompareTo(Mildness(y)),
        PrecedenceStep.PartitionName => string.CompareOrdinal(x.Policy.Partition, y.Policy.Partition),
        _ => x.Policy.Order.CompareTo(y.Policy.Order),
    };

    private static bool IsAny(RankedPolicy one) => one.Policy.Protocol == Addressing.IpProtocol.Any;

    private static int Mildness(RankedPolicy one) => one.Policy.Action switch
    {
        PartitionAction.Drop => 0,
        PartitionAction.Deny => 1,
        PartitionAction.Redirect => 2,
        PartitionAction.Allow => 3,
        _ => 4,
    };
}
