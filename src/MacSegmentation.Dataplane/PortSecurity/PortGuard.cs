using System.Runtime.CompilerServices;
using MacSegmentation.Pipeline;
using MacSegmentation.Frames;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Limits;
using MacSegmentation.Verdicts;

namespace MacSegmentation.PortSecurity;

/// <summary>
/// What a port lets in from its interface: only frames from the addresses of the interface's record, nothing that only a DHCP server or a
/// router says, nothing that cannot be checked unless it is permitted, and no more ARP packets, DHCP messages and router solicitations than their limits.
/// </summary>
/// <remarks>
/// The order is the MAC address, the guards, the limits, the IP addresses: what is refused as another's does not use up the limit, and
/// what is looked at in detail is limited. One thread at a time uses a guard.
/// </remarks>
public sealed class PortGuard
{
    private readonly MacInterface record;
    private readonly PortBindings bindings;
    private readonly bool checksMac;
    private readonly bool checksAddresses;
    private readonly bool dhcpGuard;
    private readonly bool routerGuard;
    private readonly EtherTypeRules etherTypes;
    private readonly LinkLocalPort links;
    private TokenBucket arpLimit;
    private TokenBucket dhcpLimit;
    private TokenBucket rsLimit;

    /// <summary>Creates the guard of a record's port.</summary>
    /// <param name="record">The interface's record.</param>
    public PortGuard(MacInterface record)
        : this(record, new LinkLocalPort(new LinkLocalClaims(portCount: 1), fdb: null, port: 0))
    {
    }

    /// <summary>Creates the guard of a record's port.</summary>
    /// <param name="record">The interface's record.</param>
    /// <param name="links">The link-local addresses that the port has shown.</param>
    internal PortGuard(MacInterface record, LinkLocalPort links)
    {
        ArgumentNullException.ThrowIfNull(record);
        this.links = links;
        this.record = record;
        bindings = new PortBindings(record);
        checksMac = record.PortSecurity;
        checksAddresses = record.PortSecurity && bindings.ChecksAddresses;
        dhcpGuard = record.DhcpGuard;
        routerGuard = record.RouterGuard;
        etherTypes = new EtherTypeRules(record);
        arpLimit = new TokenBucket(record.ArpRateLimit);
        dhcpLimit = new TokenBucket(record.DhcpRateLimit);
        rsLimit = new TokenBucket(record.RsRateLimit);
    }

    /// <summary>The interface's record.</summary>
    public MacInterface Record => record;

    /// <summary>Judges a frame that came in by the port.</summary>
    /// <param name="header">The frame's header.</param>
    /// <param name="packet">The packet's headers.</param>
    /// <param name="frame">The frame that both were read from.</param>
    /// <param name="now">The frame's time in nanoseconds.</param>
    /// <param name="reason">Why the frame is refused; not to be used if it is admitted.</param>
    /// <returns>False if the frame is refused.</returns>
    public bool TryAdmit(in FrameHeader header, in PacketHeader packet, ReadOnlySpan<byte> frame, long now, out VerdictReason reason)
    {
        var refusal = checksMac && !bindings.Allows(header.Source) ? PortSecurityReasons.SourceMacNotAllowed : packet.Network switch
        {
            NetworkProtocol.IPv4 or NetworkProtocol.IPv6 => JudgeIP(header, packet, frame, now),
            NetworkProtocol.Arp => JudgeArp(packet, now),
            _ => checksMac && !etherTypes.Permits(packet.EtherType) ? PortSecurityReasons.EtherTypeNotPermitted : null,
        };
        reason = refusal.GetValueOrDefault();
        return refusal is null;
    }

    /// <summary>Says what it was about a refused frame, for a person: what it had, and what the interface may have. Not for every frame.</summary>
    /// <param name="reason">Why the frame was refused.</param>
    /// <param name="header">The frame's header.</param>
    /// <param name="packet">The packet's headers.</param>
    /// <param name="frame">The frame that both were read from.</param>
    public string Describe(VerdictReason reason, in FrameHeader header, in PacketHeader packet, ReadOnlySpan<byte> frame) =>
        new RefusalText(record, bindings).Of(reason, header, packet, frame);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private VerdictReason? JudgeIP(in FrameHeader header, in PacketHeader packet, ReadOnlySpan<byte> frame, long now)
    {
        if (packet.State != PacketState.Complete && IsHidden(packet))
        {
            return PacketReasons.TruncatedHeader;
        }

        // What the guards and the limits are about is none of the other protocols.
        if (packet.Protocol is ProtocolNumbers.Udp or ProtocolNumbers.IcmpV6 or ProtocolNumbers.Icmp && JudgeMessage(packet, frame, now) is { } refusal)
        {
            return refusal;
        }

        return checksAddresses ? AddressRules.Judge(bindings, links, header, packet, frame) : null;
    }

    private VerdictReason? JudgeMessage(in PacketHeader packet, ReadOnlySpan<byte> frame, long now) =>
        dhcpGuard && DhcpMessage.IsFromServer(packet, frame) ? PortSecurityReasons.DhcpServerNotAllowed
        : routerGuard && RouterMessage.Is(packet) ? PortSecurityReasons.RouterAdvertisementNotAllowed
        : JudgeQuestion(packet, frame, now);

    /// <summary>What each host asks now and then, and each server and router answers: too much of it keeps those from the others.</summary>
    private VerdictReason? JudgeQuestion(in PacketHeader packet, ReadOnlySpan<byte> frame, long now)
    {
        if (RouterMessage.IsSolicitation(packet))
        {
            return rsLimit.TryTake(now) ? null : PortSecurityReasons.RsRateLimit;
        }

        return !DhcpMessage.IsToServer(packet) ? null
            : !dhcpLimit.TryTake(now) ? PortSecurityReasons.DhcpRateLimit
            : checksMac ? DhcpRules.Judge(bindings, packet, frame)
            : null;
    }

    private VerdictReason? JudgeArp(in PacketHeader packet, long now)
    {
        if (!arpLimit.TryTake(now))
        {
            return PortSecurityReasons.ArpRateLimit;
        }

        if (!checksMac)
        {
            return null;
        }

        return packet.State == PacketState.Complete ? ArpRules.Judge(bindings, packet) : PacketReasons.TruncatedHeader;
    }

    /// <summary>
    /// True if a header is missing that one of the checks asks for. What a first fragment does not show could come in the next (RFC 7113).
    /// </summary>
    private bool IsHidden(in PacketHeader packet) => packet.State == PacketState.TruncatedNetwork
        ? checksMac || dhcpGuard || routerGuard
        : packet.Protocol switch
        {
            ProtocolNumbers.Udp => dhcpGuard || checksMac,
            ProtocolNumbers.Icmp => routerGuard,
            ProtocolNumbers.IcmpV6 => routerGuard || checksAddresses,
            _ => false,
        };
}
