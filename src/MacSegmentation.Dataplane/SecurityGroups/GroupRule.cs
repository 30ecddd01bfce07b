using System.Net;
using System.Net.Sockets;
using MacSegmentation.Addressing;

namespace MacSegmentation.SecurityGroups;

/// <summary>A rule of a security group, compiled. Immutable.</summary>
internal sealed class GroupRule
{
    private readonly byte? protocol;
    private readonly PortRange[] ports;
    private readonly UInt128 remoteMask;
    private readonly UInt128 remoteValue;
    private readonly bool isRemoteIPv4;
    private readonly RemoteGroup? remoteMembers;

    /// <summary>Compiles a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="isStateless">True if its group is stateless.</param>
    /// <param name="remoteMembers">Its remote group, or null if it names none.</param>
    public GroupRule(MacSecurityGroupRule rule, bool isStateless, RemoteGroup? remoteMembers)
    {
        protocol = rule.Protocol.Number;
        ports = [.. rule.Port];
        Admission = isStateless ? RuleAdmission.Stateless : RuleAdmission.Stateful;
        this.remoteMembers = remoteMembers;
        Remote = remoteMembers is null ? RemoteKind.Anywhere : RemoteKind.Members;
        if (rule.RemoteAddress is { } network)
        {
            Remote = RemoteKind.Network;
            isRemoteIPv4 = network.BaseAddress.AddressFamily == AddressFamily.InterNetwork;
            remoteMask = MaskOf(network, isRemoteIPv4 ? 32 : 128);
            remoteValue = IpNumber.From(network.BaseAddress);
        }
    }

    /// <summary>What stands on the other side, by ascending cost of the question.</summary>
    public enum RemoteKind
    {
        Anywhere,
        Network,
        Members,
    }

    /// <summary>Stateful or stateless, as its group is.</summary>
    public RuleAdmission Admission { get; }

    /// <summary>What the rule wants of the other side.</summary>
    public RemoteKind Remote { get; }

    /// <summary>The ranges of destination ports that it names; none for all.</summary>
    public ReadOnlySpan<PortRange> Ports => ports;

    /// <summary>True if it admits frames of every kind, IP or not.</summary>
    public bool AdmitsAnything => protocol is null && ports.Length == 0 && Remote == RemoteKind.Anywhere;

    /// <summary>True if the protocol is admitted.</summary>
    public bool AdmitsProtocol(byte number) => protocol is null || protocol == number;

    /// <summary>True if the destination port is admitted.</summary>
    public bool AdmitsPort(ushort port) => ports.Length == 0 || Array.Exists(ports, range => range.Contains(port));

    /// <summary>True if the address on the other side is admitted.</summary>
    public bool AdmitsRemote(UInt128 address) => Remote switch
    {
        RemoteKind.Anywhere => true,

        // A prefix of IPv6 that is short enough would hold the numbers of all IPv4 addresses, which it does not mean.
        RemoteKind.Network => (address & remoteMask) == remoteValue && IpNumber.IsIPv4(address) == isRemoteIPv4,
        _ => remoteMembers!.Addresses.Contains(address),
    };

    /// <summary>The mask of the low bits of a number that are an address's; those above are the family's and count whole.</summary>
    private static UInt128 MaskOf(IPNetwork network, int width)
    {
        int hostBits = width - network.PrefixLength;
        return hostBits == 128 ? UInt128.Zero : UInt128.MaxValue << hostBits;
    }
}
