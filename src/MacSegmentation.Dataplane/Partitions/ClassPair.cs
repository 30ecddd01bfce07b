namespace MacSegmentation.Partitions;

/// <summary>What holds between two classes in one direction.</summary>
/// <param name="policies">The policies, the deciding first.</param>
/// <param name="isOpen">True if the default action of the VLAN admits what none of them matches.</param>
internal sealed class ClassPair(CompiledPolicy[] policies, bool isOpen)
{
    /// <summary>The policies that decide, the first first.</summary>
    public CompiledPolicy[] Policies { get; } = Array.FindAll(policies, policy => policy.Action != PartitionAction.Mirror);

    /// <summary>Those that copy what they match, whatever the others decide.</summary>
    public CompiledPolicy[] Mirrors { get; } = Array.FindAll(policies, policy => policy.Action == PartitionAction.Mirror);

    /// <summary>True if there is no policy at all.</summary>
    public bool IsEmpty => policies.Length == 0;

    /// <summary>True if the policies admit what began a flow; without any it was the default action that did.</summary>
    /// <param name="etherType">The EtherType behind all tags.</param>
    /// <param name="protocol">The protocol above IP.</param>
    /// <param name="destinationPort">The destination port of what began it.</param>
    public bool Admits(int etherType, byte protocol, ushort destinationPort)
    {
        foreach (var policy in Policies)
        {
            if (!policy.IsStaged && policy.Matches(etherType, protocol, destinationPort))
            {
                return policy.Action is PartitionAction.Allow or PartitionAction.Redirect;
            }
        }

        return IsOpen;
    }

    /// <summary>True if the default action of the VLAN admits what no policy matches.</summary>
    public bool IsOpen => isOpen;

    /// <summary>True if a policy tells packets apart by protocol.</summary>
    public bool HasProtocols { get; } = Array.Exists(policies, policy => policy.HasProtocol);

    /// <summary>True if a policy tells packets apart by ports.</summary>
    public bool HasPorts { get; } = Array.Exists(policies, policy => policy.HasPorts);
}
