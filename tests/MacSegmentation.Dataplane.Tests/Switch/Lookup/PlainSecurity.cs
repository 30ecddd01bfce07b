using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Pipeline;
using MacSegmentation.PortSecurity;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Switch.Lookup;

/// <summary>
/// Port security in the words of its description: source MAC the record's or one of its pairs', the source IP addresses and the inner addresses
/// of ARP and neighbour discovery by MAC/IP pair; probes and duplicate address detection pass.
/// </summary>
internal static class PlainSecurity
{
    /// <param name="record">The port's record.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="shows">Takes in that the port uses a link-local address with a MAC address of its own; false if another has it.</param>
    /// <param name="hasShown">True if it has shown that before.</param>
    public static VerdictReason? Judge(MacInterface record, SentFrame frame, Func<string, MacAddress, bool> shows, Func<string, MacAddress, bool> hasShown)
    {
        if (!record.PortSecurity)
        {
            return null;
        }

        if (!IsOwn(record, frame.Source))
        {
            return PortSecurityReasons.SourceMacNotAllowed;
        }

        // A record without fixed addresses is held to its MAC addresses only.
        bool checksAddresses = record.IPAddress.Count > 0;
        return frame.Payload switch
        {
            SentArp arp => (checksAddresses && arp.Sender is not "0.0.0.0" ? Binds(record, arp.Sender, arp.SenderMac) : IsOwn(record, arp.SenderMac))
                ? null : PortSecurityReasons.ArpSenderNotAllowed,
            SentDatagram datagram when checksAddresses => Binds(record, datagram.From, frame.Source) || hasShown(datagram.From, frame.Source) ? null : PortSecurityReasons.SourceIPNotAllowed,
            SentNeighbor message when checksAddresses => JudgeNeighbor(record, frame.Source, message, shows),
            SentVrrp vrrp when checksAddresses => !HasAddress(record, vrrp.From) ? PortSecurityReasons.SourceIPNotAllowed
                : vrrp.Addresses.All(address => HasAddress(record, address)) ? null : PortSecurityReasons.VrrpAddressNotAllowed,
            _ => null,
        };
    }

    private static VerdictReason? JudgeNeighbor(MacInterface record, MacAddress source, SentNeighbor message, Func<string, MacAddress, bool> shows)
    {
        bool isDetection = message is { Type: SentNeighbor.Solicitation, From: "::" };
        if (!isDetection && !IsOfLink(message.From) && !Binds(record, message.From, source))
        {
            return PortSecurityReasons.SourceIPNotAllowed;
        }

        if (!IsValid(message) || (message.Option is { } option && !IsOwn(record, option)))
        {
            return PacketReasons.NeighborDiscoveryNotAllowed;
        }

        if (!isDetection && !MayShow(message.From, source))
        {
            return PortSecurityReasons.SourceIPNotAllowed;
        }

        bool isAllowed = message.Type == SentNeighbor.Advertisement ? MayShow(message.Target, message.Option ?? source) : !isDetection || MayShow(message.Target, source);
        return isAllowed ? null : PacketReasons.NeighborDiscoveryNotAllowed;

        bool MayShow(string address, MacAddress mac) => Binds(record, address, mac) || (IsOfLink(address) && IsOwn(record, mac) && shows(address, mac));
    }

    /// <summary>RFC 4861 section 7.1.1: who has no address gives no link-layer address.</summary>
    public static bool IsValid(SentNeighbor message) => message is not { Type: SentNeighbor.Solicitation, From: "::", Option: not null };

    public static bool IsOfLink(string address) => address.StartsWith("fe80::", StringComparison.Ordinal);

    /// <summary>The address follows from the MAC address.</summary>
    public static bool Follows(string address, MacAddress mac) => string.Equals(address, LinkLocal(mac), StringComparison.Ordinal);

    private static bool IsOwn(MacInterface record, MacAddress mac) => PlainRecords.Macs(record).Contains(mac);

    private static bool HasAddress(MacInterface record, string address) => PlainRecords.Macs(record).Any(mac => Binds(record, address, mac));

    private static bool Binds(MacInterface record, string address, MacAddress mac) =>
        PlainRecords.Bindings(record).Contains((address, mac)) || (IsOwn(record, mac) && string.Equals(address, LinkLocal(mac), StringComparison.Ordinal));

    /// <summary>RFC 4291, appendix A, of a locally administered address whose first octets are 02:00:00 (the others here begin with 00:00:5e).</summary>
    private static string LinkLocal(MacAddress mac) => $"fe80::{(mac.Value >> 40 == 2 ? string.Empty : "200:5e")}ff:fe00:{mac.Value & 0xFFFF:x}";
}
