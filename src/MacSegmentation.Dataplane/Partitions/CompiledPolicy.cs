using MacSegmentation.Addressing;
using MacSegmentation.Frames;

namespace MacSegmentation.Partitions;

/// <summary>A policy of a pair of classes as frames are held against it.</summary>
internal sealed class CompiledPolicy
{
    private readonly int etherType;
    private readonly int protocol;
    private readonly PortRange[] ports;

    /// <summary>Compiles a policy.</summary>
    /// <param name="ranked">The policy.</param>
    /// <param name="port">The port that Redirect and Mirror send to; −1 if there is none.</param>
    /// <param name="tally">Counts its frames.</param>
    public CompiledPolicy(RankedPolicy ranked, int port, PolicyTally tally)
    {
        var policy = ranked.Policy;
        etherType = policy.EtherType ?? -1;
        protocol = policy.Protocol.Number ?? -1;
        ports = [.. policy.Port];
        Policy = policy;
        Action = policy.Action;
        IsStaged = ranked.IsStaged;
        Port = port;
        Tally = tally;
    }

    public MacPartitionPolicy Policy { get; }

    public PartitionAction Action { get; }

    public bool IsStaged { get; }

    public int Port { get; }

    public PolicyTally Tally { get; }

    /// <summary>True if it needs a transport header to be held against a packet.</summary>
    public bool HasPorts => ports.Length > 0;

    /// <summary>True if it needs an IP header.</summary>
    public bool HasProtocol => protocol >= 0;

    /// <summary>True if it tells IP packets of its protocol apart by nothing else.</summary>
    public bool IsForWholeProtocol => etherType < 0 && ports.Length == 0;

    /// <summary>True if it could match a packet of a protocol.</summary>
    /// <param name="upper">The protocol above IP.</param>
    public bool MayMatch(int upper) => (protocol < 0 || protocol == upper) && etherType is < 0 or EtherTypes.IPv4 or EtherTypes.IPv6;

    /// <summary>True if it matches a packet.</summary>
    /// <param name="type">The EtherType behind all tags.</param>
    /// <param name="upper">The protocol above IP; −1 if it is not IP.</param>
    /// <param name="destinationPort">The destination port.</param>
    public bool Matches(int type, int upper, ushort destinationPort) =>
        (etherType < 0 || etherType == type)
        && (protocol < 0 || (protocol == upper && (ports.Length == 0 || Includes(destinationPort))));

    /// <summary>
    /// True if it names what a network needs to work at all: an ARP packet by its EtherType, neighbour discovery by ICMPv6, DHCP by UDP's port. What names none of
    /// them leaves them alone.
    /// </summary>
    /// <param name="type">The EtherType of such a packet.</param>
    public bool Names(int type) => type == EtherTypes.Arp ? etherType == type : protocol == ProtocolNumbers.IcmpV6 || (protocol == ProtocolNumbers.Udp && HasPorts);

    private bool Includes(ushort port)
    {
        foreach (var range in ports)
        {
            if (range.Contains(port))
            {
                return true;
            }
        }

        return false;
    }
}
