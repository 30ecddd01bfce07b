using System.Diagnostics.CodeAnalysis;
using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Handles;

namespace MacSegmentation.Dhcpv6;

/// <summary>A client's message with the way that it came.</summary>
/// <param name="Link">The client's link.</param>
/// <param name="Message">The message.</param>
/// <param name="Relays">The relays that it came through, the one next to this server first.</param>
internal sealed record Dhcpv6Query(Dhcpv6Link Link, Dhcpv6Message Message, IReadOnlyList<Dhcpv6RelayMessage> Relays)
{
    /// <summary>On whose behalf its sender asks: that of the link's client, once that is known.</summary>
    public HandleParty Party { get; init; } = HandleParty.Of(string.Empty);

    /// <summary>The quadrants that the relay next to the client would have, the best first; none if no relay says any.</summary>
    public IReadOnlyList<SlapQuadrant> RelayQuadrants
    {
        get
        {
            var option = Relays.Reverse().Select(relay => Dhcpv6Option.Find(relay.Options, Dhcpv6OptionCode.SlapQuad)).FirstOrDefault(found => found is not null);
            return option is { } found && QuadrantPreference.TryRead(found.Value, out var preferences) ? QuadrantPreference.Rank(preferences) : [];
        }
    }

    /// <summary>True if the nearest relay wants the answer at the port that it sent from (RFC 8357).</summary>
    public bool IsFromRelayPort => Relays is [var nearest, ..] && Dhcpv6Option.Find(nearest.Options, Dhcpv6OptionCode.RelayPort) is not null;

    /// <summary>Reads a datagram and finds its link.</summary>
    /// <param name="octets">The datagram.</param>
    /// <param name="byLinkAddress">The links of relays.</param>
    /// <param name="ofAdapter">The link of the adapter that it came by, or null.</param>
    /// <param name="isMulticast">True if it was sent to a group.</param>
    /// <param name="query">The message.</param>
    /// <param name="silence">Why there is none.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> octets,
        IReadOnlyDictionary<IPAddress, Dhcpv6Link> byLinkAddress,
        Dhcpv6Link? ofAdapter,
        bool isMulticast,
        [NotNullWhen(true)] out Dhcpv6Query? query,
        out Dhcpv6Silence silence)
    {
        query = null;
        var relays = new List<Dhcpv6RelayMessage>();
        while (Dhcpv6RelayMessage.IsRelayed(octets.Span))
        {
            if (relays.Count > Dhcpv6RelayMessage.HopCountLimit)
            {
                silence = Dhcpv6Silence.TooManyRelays;
                return false;
            }

            if (!Dhcpv6RelayMessage.TryRead(octets, out var relay) || relay is { Type: Dhcpv6MessageType.RelayForward, Inner: null })
            {
                silence = Dhcpv6Silence.Malformed;
                return false;
            }

            if (relay.Type is not Dhcpv6MessageType.RelayForward || relay.HopCount > Dhcpv6RelayMessage.HopCountLimit)
            {
                silence = relay.Type is not Dhcpv6MessageType.RelayForward ? Dhcpv6Silence.NotForServers : Dhcpv6Silence.TooManyRelays;
                return false;
            }

            relays.Add(relay);
            octets = relay.Inner!.Value;
        }

        if (!Dhcpv6Message.TryRead(octets, out var message))
        {
            silence = Dhcpv6Silence.Malformed;
            return false;
        }

        var link = relays.Count == 0 ? ofAdapter : FindLink(relays, byLinkAddress);
        if (link is null)
        {
            silence = Dhcpv6Silence.UnknownLink;
            return false;
        }

        if (relays.Count == 0 && !isMulticast)
        {
            silence = Dhcpv6Silence.Unicast;
            return false;
        }

        silence = default;
        query = new Dhcpv6Query(link, message, relays);
        return true;
    }

    /// <summary>An answer on the way back, through each relay that the message came through (RFC 9915 section 19.3).</summary>
    /// <param name="answer">The answer to the client.</param>
    public byte[] Wrap(byte[] answer)
    {
        foreach (var relay in Relays.Reverse())
        {
            var options = relay.Options.Where(option => option.Code is Dhcpv6OptionCode.InterfaceId or Dhcpv6OptionCode.RelayPort).DistinctBy(option => option.Code);
            answer = (relay with { Type = Dhcpv6MessageType.RelayReply, Options = [.. options, new Dhcpv6Option(Dhcpv6OptionCode.RelayMessage, answer)] }).ToArray();
        }

        return answer;
    }

    /// <summary>The link is told by the relay next to the client that has an address there (RFC 9915 section 13.1).</summary>
    private static Dhcpv6Link? FindLink(List<Dhcpv6RelayMessage> relays, IReadOnlyDictionary<IPAddress, Dhcpv6Link> byLinkAddress)
    {
        for (int i = relays.Count - 1; i >= 0; i--)
        {
            if (!relays[i].LinkAddress.Equals(IPAddress.IPv6Any))
            {
                return byLinkAddress.GetValueOrDefault(relays[i].LinkAddress);
            }
        }

        return null;
    }
}
