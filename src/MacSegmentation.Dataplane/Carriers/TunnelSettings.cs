using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MacSegmentation.Carriers;

/// <summary>What makes a port of a switch a tunnel: frames leave by it in UDP, to one remote endpoint or to several.</summary>
public sealed record TunnelSettings
{
    private const int MaxVni = (1 << 24) - 1;
    private const int MaxRemotes = 1024;
    private const int MaxOptionType = 0x7F;

    /// <summary>How it wraps frames.</summary>
    public TunnelKind Kind { get; init; }

    /// <summary>The virtual network, 1 to 16,777,215.</summary>
    public int Vni { get; init; }

    /// <summary>The other ends of the tunnel, of one address family, each once; 1 to 1,024.</summary>
    public IReadOnlyList<IPAddress> Remotes { get; init; } = [];

    /// <summary>True if VXLAN's group policy extension takes the partition's id along; nothing to Geneve.</summary>
    public bool Gbp { get; init; }

    /// <summary>The class of Geneve's option that takes the partition's id along, 0 to 65,535; null if none does.</summary>
    public int? OptionClass { get; init; }

    /// <summary>The type of that option, 0 to 127: the critical bit is off.</summary>
    public int OptionType { get; init; }

    /// <summary>True if it takes the id of a partition along.</summary>
    public bool CarriesPartition => Gbp || OptionClass is not null;

    /// <summary>Octets that an IP packet has more than the frame in it: the headers of IP, UDP and the tunnel.</summary>
    public int Overhead => (IsIPv6 ? 40 : 20) + 8 + (Kind == TunnelKind.Vxlan ? VxlanHeader.Length : CarriesPartition ? GeneveHeader.TaggedLength : GeneveHeader.BareLength);

    /// <summary>UDP's port.</summary>
    public int UdpPort => Kind == TunnelKind.Vxlan ? VxlanHeader.UdpPort : GeneveHeader.UdpPort;

    /// <summary>What tells it from the other tunnels of its adapter, such as <c>vxlan5000</c>.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{(Kind == TunnelKind.Vxlan ? "vxlan" : "geneve")}{Vni}");

    internal bool IsIPv6 => Remotes is [{ AddressFamily: AddressFamily.InterNetworkV6 }, ..];

    /// <summary>Class and type of Geneve's option in one number; −1 if there is none.</summary>
    internal int Option => OptionClass is { } number ? (number << 8) | OptionType : -1;

    /// <summary>
    /// Reads settings, such as <c>vni=5000,remote=10.1.0.2,remote=10.1.0.3,gbp=true</c>; a word without a value is on. Geneve has <c>optionClass</c> and <c>optionType</c> in the place of <c>gbp</c>,
    /// as numbers or <c>0x0102</c>.
    /// </summary>
    /// <param name="kind">How the tunnel wraps frames.</param>
    /// <param name="text">The settings.</param>
    /// <exception cref="FormatException">Something is wrong with them; the message says what.</exception>
    public static TunnelSettings Parse(TunnelKind kind, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var settings = new TunnelSettings { Kind = kind };
        var given = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = part.Split('=', 2, StringSplitOptions.TrimEntries);
            string name = pair[0].ToUpperInvariant();
            string value = pair.Length == 2 ? pair[1] : bool.TrueString;
            if (!given.Add(name) && !string.Equals(name, "REMOTE", StringComparison.Ordinal))
            {
                throw new FormatException($"'{pair[0]}' is given twice. Give it once.");
            }

            settings = settings.With(pair[0], name, value);
        }

        settings.Check();
        return settings;
    }

    /// <summary>The settings as <see cref="Parse"/> reads them.</summary>
    public override string ToString()
    {
        var parts = Remotes.Select(remote => $"remote={remote}").Prepend(string.Create(CultureInfo.InvariantCulture, $"vni={Vni}"));
        return string.Join(
            ',',
            Gbp ? parts.Append("gbp=true")
            : OptionClass is { } number ? parts.Append(string.Create(CultureInfo.InvariantCulture, $"optionClass=0x{number:x4},optionType=0x{OptionType:x2}"))
            : parts);
    }

    /// <inheritdoc/>
    public bool Equals(TunnelSettings? other) => other is not null && Kind == other.Kind && string.Equals(ToString(), other.ToString(), StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    private TunnelSettings With(string asGiven, string name, string value) => (name, Kind) switch
    {
        ("VNI", _) => this with { Vni = ReadNumber("VNI", value, 1, MaxVni) },
        ("REMOTE", _) => this with { Remotes = [.. Remotes, ReadRemote(value)] },
        ("GBP", TunnelKind.Vxlan) => this with { Gbp = ReadFlag(value) },
        ("OPTIONCLASS", TunnelKind.Geneve) => this with { OptionClass = ReadNumber("option class", value, 0, ushort.MaxValue) },
        ("OPTIONTYPE", TunnelKind.Geneve) => this with { OptionType = ReadNumber("option type", value, 0, MaxOptionType) },
        _ => throw new FormatException($"There is no '{asGiven}' among its settings. They are {(Kind == TunnelKind.Vxlan ? "Vni, Remote and Gbp" : "Vni, Remote, OptionClass and OptionType")}."),
    };

    private void Check()
    {
        if (Vni == 0)
        {
            throw new FormatException($"It has no virtual network. Give Vni, 1 to {MaxVni}.");
        }

        if (Remotes.Count is 0 or > MaxRemotes)
        {
            throw new FormatException(Remotes.Count == 0 ? "It leads nowhere. Give Remote, the IP addresses of its other ends." : $"It has {Remotes.Count} remotes. Give {MaxRemotes} at most.");
        }

        if (Remotes.FirstOrDefault(remote => remote.AddressFamily != Remotes[0].AddressFamily) is { } other)
        {
            throw new FormatException($"Its remotes {Remotes[0]} and {other} are of two families. Give addresses of one, or make a port for each.");
        }

        if (Remotes.GroupBy(remote => remote).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new FormatException($"Its remote {twice.Key} is given twice. Give it once.");
        }
    }

    private static int ReadNumber(string what, string text, int least, int most)
    {
        bool isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return int.TryParse(isHex ? text[2..] : text, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw new FormatException($"The {what} '{text}' is out of range. Give {least} to {most}.");
    }

    private static IPAddress ReadRemote(string text)
    {
        // Short forms such as 10.1 are read as addresses too, and are never meant.
        if (!IPAddress.TryParse(text, out var address) || (address.AddressFamily == AddressFamily.InterNetwork && text.Count(letter => letter == '.') != 3))
        {
            throw new FormatException($"The remote '{text}' is no IP address. Give one such as 10.1.0.2.");
        }

        bool isMulticast = address.IsIPv6Multicast || (address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes()[0] >= 224);
        return isMulticast || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)
            ? throw new FormatException($"The remote {address} is not the address of one host. Give that of each other end.")
            : address;
    }

    private static bool ReadFlag(string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "ON" or "1" => true,
        "FALSE" or "OFF" or "0" => false,
        _ => throw new FormatException($"'{text}' is neither true nor false. Give Gbp true or false."),
    };
}
