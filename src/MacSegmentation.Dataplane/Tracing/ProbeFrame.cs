using System.Net;
using System.Net.Sockets;
using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.Frames;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Policies;
using MacSegmentation.Stores;

namespace MacSegmentation.Tracing;

/// <summary>A frame that is made to be traced. What is not given follows from the interface records, as far as it does.</summary>
public sealed record ProbeFrame
{
    /// <summary>IEEE 802 local experimental EtherType 1 (IEEE 802-2014 section 9.2.3): nothing that means something elsewhere.</summary>
    private const int ExperimentalEtherType = 0x88B5;

    /// <summary>The same among the protocols above IP (RFC 3692).</summary>
    private const byte ExperimentalProtocol = 253;

    /// <summary>Addresses of nobody (RFC 5737, RFC 3849).</summary>
    private static readonly IPAddress[] Documented = [IPAddress.Parse("192.0.2.1"), IPAddress.Parse("2001:db8::1")];

    /// <summary>The first port that nobody is registered for (RFC 6335 section 6).</summary>
    private const ushort DynamicPort = 49_152;

    /// <summary>Where a packet goes that is for everybody (RFC 919 section 7, RFC 4291 section 2.7.1).</summary>
    private static readonly IPAddress[] AllStations = [IPAddress.Broadcast, IPAddress.Parse("ff02::1")];

    /// <summary>Where it comes in: the name of an interface record, or <see cref="FrameTracer.Uplink"/>.</summary>
    public required string From { get; init; }

    /// <summary>The VLAN of its tag, 1 to 4094; null for no tag.</summary>
    public int? VlanId { get; init; }

    /// <summary>Its source; null for that of <see cref="From"/>, else of the interface that has the source IP address.</summary>
    public MacAddress? SourceAddress { get; init; }

    /// <summary>Its destination; null for that of the interface that has the destination IP address.</summary>
    public MacAddress? DestinationAddress { get; init; }

    /// <summary>The source IP address; null for a fixed address of <see cref="From"/>, or for one that its pairs use the source address with.</summary>
    public IPAddress? SourceIPAddress { get; init; }

    /// <summary>
    /// The destination IP address; null for one of the interface that has the destination address, else that of all stations if there is a
    /// source IP address.
    /// </summary>
    public IPAddress? DestinationIPAddress { get; init; }

    /// <summary>The protocol above IP; any for TCP if a port is given, else for an ICMP echo request.</summary>
    public IpProtocol Protocol { get; init; }

    /// <summary>The source port of TCP or UDP; null for 49152.</summary>
    public ushort? SourcePort { get; init; }

    /// <summary>The destination port of TCP or UDP.</summary>
    public ushort? DestinationPort { get; init; }

    private bool HasPort => SourcePort is not null || DestinationPort is not null;

    private bool IsPacket => SourceIPAddress is not null || DestinationIPAddress is not null || Protocol != IpProtocol.Any || HasPort;

    /// <summary>
    /// Makes the frame. Without anything about IP, neither given nor from the interface records, it is one of an experimental type; from a record whose port does not let
    /// that in, a packet of an experimental protocol.
    /// </summary>
    /// <param name="snapshot">The configuration that has the interface records.</param>
    /// <returns>The frame's octets, with right checksums.</returns>
    /// <exception cref="MacSegmentationException">
    /// InterfaceNotFound, InvalidVlanId, SourceAddressMissing, DestinationAddressMissing, IPAddressMissing, AddressFamilyMismatch,
    /// ProtocolFamilyMismatch, PortsNeedTcpOrUdp, DestinationPortMissing.
    /// </exception>
    public byte[] Build(ConfigurationSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var sender = FrameTracer.FindEntry(snapshot, From);
        int? tag = VlanId is { } given ? Addressing.VlanId.Validate(given) : null;
        int? vlan = sender?.VlanId ?? tag;
        var records = snapshot.Interfaces.Where(record => vlan is null || record.VlanId == vlan).ToList();

        var source = SourceAddress ?? sender?.MacAddress ?? FindHolder(records, SourceIPAddress)
            ?? throw AddressMissing("SourceAddressMissing", "source", SourceIPAddress, vlan);

        // A sender that shares the address asks for another who has it.
        var destination = DestinationAddress ?? FindHolder(records.FindAll(record => record != sender), DestinationIPAddress) ?? FindHolder(records, DestinationIPAddress)
            ?? throw AddressMissing("DestinationAddressMissing", "destination", DestinationIPAddress, vlan);
        var frame = new FrameBuilder(source, destination, tag);
        var senders = SourceIPAddress is { } from ? [from]
            : sender is null || sender.AddressPair.Any(pair => pair.MacAddress == source) ? AddressesOf(sender is null ? records : [sender], source)
            : sender.IPAddress.Select(own => own.Address);
        var receivers = DestinationIPAddress is { } to ? [to] : AddressesOf(records, destination);
        if (SourceIPAddress is not null && DestinationIPAddress is null)
        {
            receivers = receivers.Concat(AllStations);
        }

        var ends = (from one in senders from other in receivers where one.AddressFamily == other.AddressFamily select (one, other)).FirstOrDefault();
        return ends is (not null, not null) ? BuildPacket(frame, ends.one, ends.other) : BuildPlain(frame, sender, senders);
    }

    private static MacAddress? FindHolder(List<MacInterface> records, IPAddress? address)
    {
        if (records.Find(record => record.IPAddress.Any(own => own.Address.Equals(address))) is { } record)
        {
            return record.MacAddress;
        }

        return records.SelectMany(other => other.AddressPair).FirstOrDefault(pair => pair.IPAddress.Equals(address))?.MacAddress;
    }

    private static IEnumerable<IPAddress> AddressesOf(List<MacInterface> records, MacAddress address) => records.SelectMany(record =>
        (record.MacAddress == address ? record.IPAddress.Select(own => own.Address) : [])
            .Concat(record.AddressPair.Where(pair => pair.MacAddress == address).Select(pair => pair.IPAddress)));

    private MacSegmentationException AddressMissing(string errorId, string which, IPAddress? known, int? vlan) => Missing(errorId, known is null
        ? $"A frame from {From} needs a {which} address. Give it, or the {which} IP address of an interface."
        : $"No interface {(vlan is null ? "record" : $"of VLAN {vlan}")} has the IP address {known}, so that the {which} address does not follow from it. Give the {which} address as well.");

    private static MacSegmentationException Missing(string errorId, string sentence) => new(errorId, MacErrorKind.InvalidArgument, sentence);

    private byte[] BuildPlain(FrameBuilder frame, MacInterface? sender, IEnumerable<IPAddress> senders)
    {
        if (SourceIPAddress is not null && DestinationIPAddress is not null)
        {
            throw new MacSegmentationException(
                "AddressFamilyMismatch",
                MacErrorKind.InvalidArgument,
                $"{SourceIPAddress} and {DestinationIPAddress} are not of the same family. Give two IPv4 or two IPv6 addresses.",
                DestinationIPAddress);
        }

        if (IsPacket)
        {
            throw Missing(
                "IPAddressMissing",
                "A packet needs a source and a destination IP address of one family, and not both follow from the interfaces. Give the missing one.");
        }

        if (sender is not { PortSecurity: true } || sender.PermittedEtherType.Select(PermittedEtherTypes.NumberOf).Any(type => type is PermittedEtherTypes.AnyNumber or ExperimentalEtherType))
        {
            return frame.Ethernet(ExperimentalEtherType);
        }

        var source = senders.FirstOrDefault() ?? Documented[0];
        var destination = Array.Find(Documented, address => address.AddressFamily == source.AddressFamily)!;
        return frame.IP(source, destination, ExperimentalProtocol, []);
    }

    private byte[] BuildPacket(FrameBuilder frame, IPAddress sender, IPAddress receiver)
    {
        var echo = sender.AddressFamily == AddressFamily.InterNetwork ? IpProtocol.Icmp : IpProtocol.IcmpV6;
        var protocol = Protocol != IpProtocol.Any ? Protocol : HasPort ? IpProtocol.Tcp : echo;
        if (protocol.HasPorts)
        {
            int port = DestinationPort ?? throw Missing("DestinationPortMissing", $"A {protocol} packet goes to a port. Give its destination port.");
            return protocol == IpProtocol.Tcp
                ? frame.Tcp(sender, receiver, SourcePort ?? DynamicPort, port)
                : frame.Udp(sender, receiver, SourcePort ?? DynamicPort, port);
        }

        if (HasPort)
        {
            throw new MacSegmentationException(
                "PortsNeedTcpOrUdp", MacErrorKind.InvalidArgument, $"A packet of protocol {protocol} has no ports. Give Tcp or Udp with them, or leave the ports out.", protocol);
        }

        if (protocol == echo)
        {
            return frame.EchoRequest(sender, receiver);
        }

        return protocol == IpProtocol.Icmp || protocol == IpProtocol.IcmpV6
            ? throw new MacSegmentationException(
                "ProtocolFamilyMismatch", MacErrorKind.InvalidArgument, $"{protocol} never goes from {sender} to {receiver}. Give {echo}, or addresses of the other family.", protocol)
            : frame.IP(sender, receiver, protocol.Number!.Value, []);
    }
}
