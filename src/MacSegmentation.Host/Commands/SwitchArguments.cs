using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Ports;
using MacSegmentation.Switch;

namespace MacSegmentation.Commands;

/// <summary>The options that make an enforcer a switch: its ports, their limits, and how it works.</summary>
internal sealed class SwitchArguments
{
    private const string Native = "native:";

    private readonly Option<PortValue[]> recordPorts = PortValue.Option("--port", "INTERFACE=RECORD", "A port of a switch: that of an interface record, with port security.");
    private readonly Option<PortValue[]> accessPorts = PortValue.Option("--access", "INTERFACE=VLAN", "A port of a switch that carries one VLAN, without a tag.");
    private readonly Option<PortValue[]> trunkPorts = PortValue.Option(
        "--trunk", "INTERFACE=VLANS", "A port of a switch that carries VLANs with tags, such as 10,20-29; native:1 among them comes without.");

    private readonly Option<PortValue[]> uplinks = PortValue.Option(
        "--uplink", "INTERFACE[=VLANS]", "A port of a switch that leads to other switches; it carries all VLANs with tags if none are given.");

    private readonly Option<PortValue[]> stormLimits = PortValue.Option("--storm-limit", "INTERFACE=NUMBER", "Broadcast and unknown frames a second that a port lets in.");
    private readonly Option<PortValue[]> multicastStormLimits = PortValue.Option("--multicast-storm-limit", "INTERFACE=NUMBER", "Multicast frames a second that a port lets in.");
    private readonly Option<PortValue[]> addressLimits = PortValue.Option("--address-limit", "INTERFACE=NUMBER", "Addresses that a port may learn.");
    private readonly Option<int?> ageingTime = new("--ageing-time") { Description = "How long an address stays learned without a frame from it; 300 if not given.", HelpName = "SECONDS" };
    private readonly Option<int?> flowLimit = new("--flow-limit") { Description = "Flows that the security groups remember; 65536 if not given.", HelpName = "NUMBER" };
    private readonly Option<bool> floodUnknown = new("--flood-unknown") { Description = "Send unicast frames for unknown addresses to all ports of the VLAN, and not to uplinks only." };
    private readonly Option<bool> forwardLinkLocal = new("--forward-link-local") { Description = "Forward link-local control frames (01:80:c2:00:00:00 to 0f) like other multicast frames." };

    private IReadOnlyList<Option<PortValue[]>> Ports => [recordPorts, accessPorts, trunkPorts, uplinks];

    private IReadOnlyList<Option> Others => [stormLimits, multicastStormLimits, addressLimits, ageingTime, flowLimit, floodUnknown, forwardLinkLocal];

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in Ports.Concat(Others))
        {
            command.Add(option);
        }
    }

    /// <summary>True if a port is given: the enforcer is to be a switch.</summary>
    public bool IsSwitch(SymbolResult given) => Ports.Any(option => given.GetResult(option) is { Implicit: false });

    /// <summary>The first option that says how a switch works, or null if none is given.</summary>
    public string? FindOption(SymbolResult given) => Others.FirstOrDefault(option => given.GetResult(option) is { Implicit: false })?.Name;

    /// <summary>The ports in the order of the options' kinds.</summary>
    /// <exception cref="MacSegmentationException">InvalidPort, InvalidVlanId, InvalidStormLimit, InvalidAddressLimit.</exception>
    public IReadOnlyList<SwitchPortSettings> ReadPorts(ParseResult given)
    {
        var storm = ReadLimits(given, stormLimits, "InvalidStormLimit");
        var multicasts = ReadLimits(given, multicastStormLimits, "InvalidStormLimit");
        var addresses = ReadLimits(given, addressLimits, "InvalidAddressLimit");
        SwitchPortSettings[] ports =
        [
            .. Values(given, recordPorts).Select(port => new SwitchPortSettings { Interface = port.Interface, MacInterface = port.Value }),
            .. Values(given, accessPorts).Select(ReadAccess),
            .. Values(given, trunkPorts).Select(ReadTrunk),
            .. Values(given, uplinks).Select(port => ReadVlans(port) with { IsUplink = true }),
        ];
        foreach (string name in storm.Keys.Concat(multicasts.Keys).Concat(addresses.Keys).Where(name => !ports.Any(port => string.Equals(port.Interface, name, StringComparison.Ordinal))))
        {
            throw Invalid($"A limit is given for {name}, which is no port. Give it a port, or leave the limit out.", name);
        }

        return
        [
            .. ports.Select(port => port with
            {
                StormLimit = storm.GetValueOrDefault(port.Interface),
                MulticastStormLimit = multicasts.GetValueOrDefault(port.Interface),
                AddressLimit = addresses.GetValueOrDefault(port.Interface),
            }),
        ];
    }

    /// <summary>How the switch works.</summary>
    public SwitchOptions ReadOptions(ParseResult given)
    {
        var defaults = new SwitchOptions();
        return defaults with
        {
            AgeingTime = given.GetValue(ageingTime) is { } seconds ? TimeSpan.FromSeconds(seconds) : defaults.AgeingTime,
            FlowLimit = given.GetValue(flowLimit) ?? defaults.FlowLimit,
            FloodUnknownUnicast = given.GetValue(floodUnknown),
            ForwardLinkLocal = given.GetValue(forwardLinkLocal),
        };
    }

    private static PortValue[] Values(ParseResult given, Option<PortValue[]> option) => given.GetValue(option) ?? [];

    private static SwitchPortSettings ReadAccess(PortValue port)
    {
        var settings = ReadVlans(port);
        return IsOneVlan(settings) ? settings : throw Invalid(
            $"An access port carries one VLAN, and {port.Interface} is given {port.Value}. Give one, or make it a trunk port with --trunk {port.Interface}={port.Value}.", port.Interface);
    }

    private static SwitchPortSettings ReadTrunk(PortValue port)
    {
        var settings = ReadVlans(port);
        return !IsOneVlan(settings) ? settings : throw Invalid(
            $"A trunk port carries more than one VLAN, and {port.Interface} is given {port.Value}. Give another or a native one, or make it an access port with --access {port.Interface}={port.Value}.",
            port.Interface);
    }

    private static SwitchPortSettings ReadVlans(PortValue port)
    {
        var parts = (port.Value ?? string.Empty).Split(',').ToLookup(part => part.StartsWith(Native, StringComparison.Ordinal));
        return new SwitchPortSettings
        {
            Interface = port.Interface,
            Vlans = VlanList.Parse(string.Join(',', parts[false])),
            NativeVlan = parts[true].Any() ? ReadNative(port, [.. parts[true].SelectMany(part => VlanList.Parse(part[Native.Length..]))]) : null,
        };
    }

    private static int ReadNative(PortValue port, int[] vlans) => vlans is [int vlan]
        ? vlan
        : throw Invalid($"{port.Interface} is given {vlans.Length} native VLANs. Give one, such as {Native}1, or none.", port.Interface);

    private static bool IsOneVlan(SwitchPortSettings settings) => settings is { Vlans.Count: 1, NativeVlan: null };

    private static Dictionary<string, int> ReadLimits(ParseResult given, Option<PortValue[]> option, string errorId)
    {
        var limits = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (name, value) in Values(given, option))
        {
            if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int limit))
            {
                throw new MacSegmentationException(errorId, MacErrorKind.InvalidArgument, $"{option.Name} of {name} is '{value}'. Give a whole number.", value);
            }

            if (!limits.TryAdd(name, limit))
            {
                throw new MacSegmentationException(errorId, MacErrorKind.InvalidArgument, $"{option.Name} of {name} is given twice. Give one.", name);
            }
        }

        return limits;
    }

    private static MacSegmentationException Invalid(string sentence, string target) => new("InvalidPort", MacErrorKind.InvalidArgument, sentence, target);
}
