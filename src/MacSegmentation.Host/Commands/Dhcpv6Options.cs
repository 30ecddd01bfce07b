using System.CommandLine;
using System.CommandLine.Parsing;
using MacSegmentation.Dhcpv6;
using MacSegmentation.Options;
using MacSegmentation.Stores;
using MacSegmentation.Units;

namespace MacSegmentation.Commands;

/// <summary>The options of macseg provide that have it serve DHCPv6.</summary>
internal sealed class Dhcpv6Options
{
    private readonly Option<string> endPoint = new("--dhcpv6")
    {
        Description = "Serve link-layer addresses by DHCPv6 too (RFC 8947), and where to listen: an address of this host in brackets and a port, such as [::]:547.",
        HelpName = "[ADDRESS]:PORT",
    };

    private readonly Option<string[]> links = new("--dhcpv6-link")
    {
        Description = "A link whose clients are answered: an adapter, or the link address of relays; with the VLAN, and the client of this service for which they are. May be given several times.",
        HelpName = Dhcpv6Link.Form,
    };

    private readonly Option<Duration?> lifetime = ParsedOption.Create<Duration>(
        "--dhcpv6-lifetime", "TIME", "How long addresses are valid before a client asks again; without end if not given. Who does not ask keeps them all the same.");

    private readonly Option<int> preference = new("--dhcpv6-preference") { Description = "How much clients prefer this server, 0 to 255; 255 has them not wait for others. 0 if not given.", HelpName = "NUMBER" };

    /// <summary>The datagrams a second of one link.</summary>
    public Option<int> Rate { get; } = new("--dhcpv6-rate-limit")
    {
        Description = $"Datagrams a second that are taken from one link; {Dhcpv6Settings.UsualRate} if not given.",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => Dhcpv6Settings.UsualRate,
    };

    /// <summary>All of them.</summary>
    public Option[] All => [endPoint, links, lifetime, preference, Rate];

    /// <summary>Says what is wrong about those that were given.</summary>
    public void Validate(CommandResult given)
    {
        bool Has(Option option) => given.GetResult(option) is { Implicit: false };
        if (Has(endPoint) && !Has(links))
        {
            given.AddError($"--dhcpv6 needs the links to serve: --dhcpv6-link {Dhcpv6Link.Form}.");
        }

        if (!Has(endPoint) && Array.Find(All, Has) is { } alone)
        {
            given.AddError($"{alone.Name} goes with --dhcpv6 [ADDRESS]:PORT.");
        }

        if (Has(preference) && (!int.TryParse(given.GetResult(preference)?.Tokens is [var first, ..] ? first.Value : null, out int number) || number is < 0 or > 255))
        {
            given.AddError("--dhcpv6-preference is a number from 0 to 255.");
        }
    }

    /// <summary>What they say; null if DHCPv6 is not served.</summary>
    /// <param name="given">The command line.</param>
    /// <param name="answering">The store that is answered from.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="Errors.MacSegmentationException">InvalidDhcpv6Address, InvalidDhcpv6Link, InvalidVlanId, InvalidDhcpv6Lifetime.</exception>
    public Dhcpv6Settings? Read(ParseResult given, IMacStore answering, TimeProvider time) => given.GetValue(endPoint) is not { } place ? null : new Dhcpv6Settings
    {
        EndPoint = Dhcpv6Settings.ParseEndPoint(place),
        Links = Dhcpv6Link.ParseAll(given.GetRequiredValue(links)),
        ServerId = Dhcpv6Settings.ServerIdOf(answering.Read(reader => reader.StoreId)),
        Lifetime = given.GetValue(lifetime) is { } given6 ? Dhcpv6Settings.ToSeconds(given6) : LinkLayerBlock.Infinity,
        Preference = (byte)given.GetValue(preference),
        Rate = given.GetValue(Rate),
        Time = time,
    };
}
