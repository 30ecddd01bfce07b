using MacSegmentation.Verdicts;

namespace MacSegmentation.Pipeline;

/// <summary>What several stages say of packets that they cannot judge.</summary>
internal static class PacketReasons
{
    /// <summary>The packet is too short for its IP or transport header, so nothing can be said about it.</summary>
    public static readonly VerdictReason TruncatedHeader = VerdictReason.Define(nameof(TruncatedHeader), "too short for its IP or transport header");

    /// <summary>A fragment of a packet whose first fragment was not admitted, or a form of fragment that attacks use.</summary>
    public static readonly VerdictReason FragmentNotAllowed = VerdictReason.Define(nameof(FragmentNotAllowed), "fragment of a packet that was not admitted");

    /// <summary>A neighbour discovery message that is not valid, or tells of an address that is not the port's.</summary>
    public static readonly VerdictReason NeighborDiscoveryNotAllowed = VerdictReason.Define(nameof(NeighborDiscoveryNotAllowed), "port security: neighbour discovery");

    /// <summary>The flow would be admitted, but the table of flows or of fragments is full, or the port's share of it.</summary>
    public static readonly VerdictReason FlowTableFull = VerdictReason.Define(nameof(FlowTableFull), "table of flows full");
}
