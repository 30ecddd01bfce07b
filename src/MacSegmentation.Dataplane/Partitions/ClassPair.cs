using MacSegmentation.Frames;

namespace MacSegmentation.Partitions;

/// <summary>What holds between two classes in one direction.</summary>
internal sealed class ClassPair
{
    private static readonly int[] Protocols = [ProtocolNumbers.Tcp, ProtocolNumbers.Udp, ProtocolNumbers.Icmp, ProtocolNumbers.IcmpV6];

    private readonly CompiledPolicy?[] deciding = new CompiledPolicy?[Protocols.Length];
    private readonly bool[] isDecided = new bool[Protocols.Length];

    /// <summary>Compiles what holds.</summary>
    /// <param name="policies">The policies, the deciding first.</param>
    /// <param name="isOpen">True if the default action of the VLAN admits what none of them matches.</param>
    public ClassPair(CompiledPolicy[] policies, bool isOpen)
    {
        IsOpen = isOpen;
        IsEmpty = policies.Length == 0;
        Policies = Array.FindAll(policies, policy => policy.Action != PartitionAction.Mirror);
        Mirrors = Array.FindAll(policies, policy => policy.Action == PartitionAction.Mirror);
        HasProtocols = Array.Exists(policies, policy => policy.HasProtocol);
        HasPorts = Array.Exists(policies, policy => policy.HasPorts);
        for (int slot = 0; slot < Protocols.Length; slot++)
        {
            int protocol = Protocols[slot];
            var first = Array.Find(Policies, policy => policy.MayMatch(protocol));
            bool isAlike = first is null or { IsStaged: false, IsForWholeProtocol: true };
            isDecided[slot] = Mirrors.Length == 0 && isAlike;
            deciding[slot] = first;
        }
    }

    /// <summary>The policies that decide, the first first.</summary>
    public CompiledPolicy[] Policies { get; }

    /// <summary>Those that copy what they match, whatever the others decide.</summary>
    public CompiledPolicy[] Mirrors { get; }

    /// <summary>
    /// The policy that decides over all packets of a protocol, whatever their ports, where one or none does: for most frames there is no list to walk.
    /// </summary>
    /// <param name="protocol">The protocol above IP; −1 if it is not IP.</param>
    /// <param name="policy">The policy; null if none matches any of them.</param>
    /// <returns>False if it depends on more than the protocol.</returns>
    public bool TryDecide(int protocol, out CompiledPolicy? policy)
    {
        int slot = SlotOf(protocol);
        policy = slot < 0 ? null : deciding[slot];
        return slot >= 0 && isDecided[slot];
    }

    /// <summary>True if there is no policy at all.</summary>
    public bool IsEmpty { get; }

    /// <summary>True if the policies admit what began a flow; without any it was the default action that did.</summary>
    /// <param name="etherType">The EtherType behind all tags.</param>
    /// <param name="protocol">The protocol above IP.</param>
    /// <param name="destinationPort">The destination port of what began it.</param>
    public bool Admits(int etherType, byte protocol, ushort destinationPort)
    {
        if (TryDecide(protocol, out var sole))
        {
            return sole is null ? IsOpen : sole.Action is PartitionAction.Allow or PartitionAction.Redirect;
        }

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
    public bool IsOpen { get; }

    /// <summary>True if a policy tells packets apart by protocol.</summary>
    public bool HasProtocols { get; }

    /// <summary>True if a policy tells packets apart by ports.</summary>
    public bool HasPorts { get; }

    private static int SlotOf(int protocol) => protocol switch
    {
        ProtocolNumbers.Tcp => 0,
        ProtocolNumbers.Udp => 1,
        ProtocolNumbers.Icmp => 2,
        ProtocolNumbers.IcmpV6 => 3,
        _ => -1,
    };
}
