using MacSegmentation.Frames;

namespace MacSegmentation.SecurityGroups;

/// <summary>The rules of one port for one direction. Immutable.</summary>
internal sealed class RuleList
{
    private readonly PortIndex tcp;
    private readonly PortIndex udp;
    private readonly GroupRule[] portless;

    /// <summary>Compiles the rules.</summary>
    /// <param name="rules">The rules, in any order.</param>
    public RuleList(IEnumerable<GroupRule> rules)
    {
        // The first that admits decides: those that admit a flow before those that admit a packet, and the cheap questions first.
        GroupRule[] ordered = [.. rules.OrderByDescending(rule => rule.Admission).ThenBy(rule => rule.Remote)];
        tcp = new PortIndex(Array.FindAll(ordered, rule => rule.AdmitsProtocol(ProtocolNumbers.Tcp)));
        udp = new PortIndex(Array.FindAll(ordered, rule => rule.AdmitsProtocol(ProtocolNumbers.Udp)));
        portless = Array.FindAll(ordered, rule => rule.Ports.IsEmpty);
        AdmitsAnything = Array.Exists(ordered, rule => rule.AdmitsAnything);
    }

    /// <summary>The list without rules.</summary>
    public static RuleList Empty { get; } = new([]);

    /// <summary>True if a rule admits frames of every kind, IP or not.</summary>
    public bool AdmitsAnything { get; }

    /// <summary>Asks the rules about a packet with its transport header.</summary>
    /// <param name="protocol">The protocol above IP.</param>
    /// <param name="destinationPort">The destination port of TCP or UDP.</param>
    /// <param name="remote">The address on the other side.</param>
    /// <param name="withoutFlow">True if only stateless rules count, because the packet cannot begin a flow.</param>
    public RuleAdmission Judge(byte protocol, ushort destinationPort, UInt128 remote, bool withoutFlow) => protocol switch
    {
        ProtocolNumbers.Tcp => First(tcp, destinationPort, protocol, remote, withoutFlow),
        ProtocolNumbers.Udp => First(udp, destinationPort, protocol, remote, withoutFlow),
        _ => First(portless, protocol, remote, withoutFlow),
    };

    /// <summary>True if a rule without ports admits a packet of which nothing but addresses and protocol are known.</summary>
    /// <param name="protocol">The protocol above IP.</param>
    /// <param name="remote">The address on the other side.</param>
    public bool AdmitsLaterFragment(byte protocol, UInt128 remote) => First(portless, protocol, remote, withoutFlow: false) != RuleAdmission.None;

    /// <summary>A rule that admits the flow goes before one that admits the packet alone, wherever the two stand.</summary>
    private static RuleAdmission First(PortIndex index, ushort port, byte protocol, UInt128 remote, bool withoutFlow)
    {
        var best = RuleAdmission.None;
        for (int node = index.First(port); node != 0; node = PortIndex.Next(node))
        {
            var admission = First(index.At(node), protocol, remote, withoutFlow);
            if (admission == RuleAdmission.Stateful)
            {
                return admission;
            }

            best = admission > best ? admission : best;
        }

        return best;
    }

    private static RuleAdmission First(ReadOnlySpan<GroupRule> rules, byte protocol, UInt128 remote, bool withoutFlow)
    {
        foreach (var rule in rules)
        {
            if (rule.AdmitsProtocol(protocol) && rule.AdmitsRemote(remote) && !(withoutFlow && rule.Admission == RuleAdmission.Stateful))
            {
                return rule.Admission;
            }
        }

        return RuleAdmission.None;
    }
}
