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
    public static VerdictReason? Judge(MacInterface record, SentFrame frame)
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
            SentDatagram datagram when checksAddresses => Binds(record, datagram.From, frame.Source) ? null : PortSecurityReasons.SourceIPNotAllowed,
            SentNeighbor message when checksAddresses => JudgeNeighbor(record, frame.Source, message),
            SentVrrp vrrp when checksAddresses => !HasAddress(record, vrrp.From) ? PortSecurityReasons.SourceIPNotAllowed
                : vrrp.Addresses.All(address => HasAddress(record, address)) ? null : PortSecurityReasons.VrrpAddressNotAllowed,
            _ => null,
        };
    }

    private static VerdictReason? JudgeNeighbor(MacInterface record, MacAddress source, SentNeighbor message)
    {
        bool isDetection = message is { Type: SentNeighbor.Solicitation, From: "::" };
        if (!isDetection && !Binds(record, message.From, source))
        {
            return PortSecurityReasons.SourceIPNotAllowed;
        }

        bool isAllowed = message.Type == SentNeighbor.Advertisement
            ? Binds(record, message.Target, message.Option ?? source)
            : (!isDetection || Binds(record, message.Target, source)) && (message.Option is not { } option || IsOwn(record, option));
        return isAllowed ? null : PacketReasons.NeighborDiscoveryNotAllowed;
    }

    private static bool IsOwn(MacInterface record, MacAddress mac) => PlainRecords.Macs(record).Contains(mac);

    private static bool HasAddress(MacInterface record, string address) => PlainRecords.Macs(record).Any(mac => Binds(record, address, mac));

    private static bool Binds(MacInterface record, string address, MacAddress mac) =>
        PlainRecords.Bindings(record).Contains((address, mac)) || (IsOwn(record, mac) && string.Equals(address, LinkLocal(mac), StringComparison.Ordinal));

    /// <summary>RFC 4291, appendix A, of a locally administered address whose first octets are 02:00:00 (the others here begin with 00:00:5e).</summary>
    private static string LinkLocal(MacAddress mac) => $"fe80::{(mac.Value >> 40 == 2 ? string.Empty : "200:5e")}ff:fe00:{mac.Value & 0xFFFF:x}";
}
