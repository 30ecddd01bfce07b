using MacSegmentation.Addressing;
using MacSegmentation.Units;

namespace MacSegmentation.Partitions;

/// <summary>A policy of a partition: what its records may send to a peer and receive from it. All that a policy names must match.</summary>
public sealed record MacPartitionPolicy
{
    private const int EtherTypeIPv4 = 0x0800;
    private const int EtherTypeIPv6 = 0x86DD;

    /// <summary>Running number, which the policy keeps for its life.</summary>
    public long PolicyId { get; init; }

    /// <summary>Name of its partition.</summary>
    public required string Partition { get; init; }

    /// <summary>Its place among the partition's policies, ascending from 1.</summary>
    public int Order { get; init; }

    /// <summary>The other side.</summary>
    public required PartitionPeer Peer { get; init; }

    /// <summary>Which way the flow begins, as the partition's records see it; null for both.</summary>
    public TrafficDirection? Direction { get; init; }

    /// <summary>The EtherType behind all tags, 0x0600 to 0xffff; null for any.</summary>
    public int? EtherType { get; init; }

    /// <summary>The protocol above IP.</summary>
    public IpProtocol Protocol { get; init; }

    /// <summary>Destination ports of TCP or UDP, ascending and apart; none for all.</summary>
    public IReadOnlyList<PortRange> Port { get; init => field = TextList.Of<PortRange>(value); } = TextList.Of<PortRange>([]);

    /// <summary>What it does.</summary>
    public required PartitionAction Action { get; init; }

    /// <summary>The port that Redirect and Mirror send to, by the name of its interface record or adapter; null for other actions.</summary>
    public string? To { get; init; }

    /// <summary>True if it is evaluated and counted, and decides nothing.</summary>
    public bool IsStaged { get; init; }

    /// <summary>Number of destination ports that it matches, 1 to 65,536.</summary>
    internal int PortCount => Port.Count == 0 ? ushort.MaxValue + 1 : Port.Sum(range => range.Last - range.First + 1);

    /// <summary>True if it matches a packet, but for its direction and peer.</summary>
    /// <param name="etherType">The EtherType behind all tags.</param>
    /// <param name="protocol">The protocol above IP, or Any if it is not IP.</param>
    /// <param name="destinationPort">The destination port of TCP or UDP, or null.</param>
    public bool Matches(int etherType, IpProtocol protocol, int? destinationPort) =>
        (EtherType is null || EtherType == etherType)
        && (Protocol == IpProtocol.Any || Protocol == protocol)
        && (Port.Count == 0 || (destinationPort is { } port && Port.Any(range => range.Contains((ushort)port))));

    /// <summary>True if it matches whatever another policy matches, but for direction and peer.</summary>
    /// <param name="other">The other one.</param>
    public bool Covers(MacPartitionPolicy other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (EtherType is null || EtherType == other.EtherType)
            && (Protocol == IpProtocol.Any || Protocol == other.Protocol)
            && (Port.Count == 0 || (other.Port.Count > 0 && other.Port.All(ports => Port.Any(own => own.First <= ports.First && ports.Last <= own.Last))));
    }

    /// <summary>True if there is a packet that both match, but for direction and peer.</summary>
    /// <param name="other">The other one.</param>
    public bool Overlaps(MacPartitionPolicy other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (EtherType is null || other.EtherType is null || EtherType == other.EtherType)
            && HasPacket(EtherType ?? other.EtherType, Protocol == IpProtocol.Any ? other.Protocol : Protocol)
            && (Protocol == IpProtocol.Any || other.Protocol == IpProtocol.Any || Protocol == other.Protocol)
            && (Port.Count == 0 || other.Port.Count == 0 || Port.Any(own => other.Port.Any(ports => own.First <= ports.Last && ports.First <= own.Last)));
    }

    /// <summary>Only IP has a protocol above it.</summary>
    private static bool HasPacket(int? etherType, IpProtocol protocol) => etherType is null or EtherTypeIPv4 or EtherTypeIPv6 || protocol == IpProtocol.Any;

    /// <summary>The policy as one line, such as <c>Outbound Tcp 5432 with shop-db: Allow</c>.</summary>
    public override string ToString()
    {
        string[] parts =
        [
            Direction?.ToString() ?? string.Empty,
            EtherType is { } type ? $"0x{type:x4}" : string.Empty,
            Protocol == IpProtocol.Any ? string.Empty : Protocol.ToString(),
            string.Join(',', Port),
            $"with {Peer}: {Action}{(To is null ? string.Empty : $" to {To}")}{(IsStaged ? ", staged" : string.Empty)}",
        ];
        return string.Join(' ', parts.Where(part => part.Length > 0));
    }
}
