using System.CommandLine;
using System.CommandLine.Parsing;
using MacSegmentation.Carriers;
using MacSegmentation.Errors;
using MacSegmentation.Ports;
using MacSegmentation.Settings;
using MacSegmentation.Switch;
using MacSegmentation.Units;

namespace MacSegmentation.Options;

/// <summary>The options that make an enforcer a switch: its ports, their limits, and how it works.</summary>
internal sealed class SwitchArguments
{
    private const string Native = "native:";

    private readonly Option<PortValue[]> recordPorts = PortValue.Option("--port", "ADAPTER=RECORD", "A port of a switch: that of an interface record, with port security.");
    private readonly Option<PortValue[]> accessPorts = PortValue.Option("--access", "ADAPTER=VLAN", "A port of a switch that carries one VLAN, without a tag.");
    private readonly Option<PortValue[]> trunkPorts = PortValue.Option(
        "--trunk", "ADAPTER=VLANS", "A port of a switch that carries VLANs with tags, such as 10,20-29; native:1 among them comes without.");

    private readonly Option<PortValue[]> uplinks = PortValue.Option(
        "--uplink", "ADAPTER[=VLANS]", "A port of a switch that leads to other switches; it carries all VLANs with tags if none are given.");

    private readonly Option<PortValue[]> vxlans = PortValue.Option(
        "--vxlan",
        "ADAPTER=SETTINGS",
        "A port of a switch that is a VXLAN tunnel, such as eth0=vni=5000,remote=10.1.0.2,remote=10.1.0.3,gbp,vlan=10; other options call it eth0/vxlan5000.");

    private readonly Option<PortValue[]> geneves = PortValue.Option(
        "--geneve",
        "ADAPTER=SETTINGS",
        "A port of a switch that is a Geneve tunnel, such as eth0=vni=5000,remote=10.1.0.2,optionClass=0x0102,optionType=1,vlan=10; other options call it eth0/geneve5000.");

    // A port's limits and how it is tagged; what it is stands in the options above.
    private readonly IReadOnlyList<(Setting<SwitchPortSettings> Setting, Option<PortValue[]> Option)> limits =
    [
        .. SwitchPortSettings.Settings.Where(setting => setting.Range is not null).Select(setting =>
            (setting, PortValue.Option(setting.OptionName, setting.ValueName is { } value ? $"ADAPTER={value}" : "ADAPTER[=FLAG]", $"{setting.Help}: {setting.Range}."))),
    ];

    private readonly SettingOptions<SwitchOptions> settings = new(SwitchOptions.Settings, new SwitchOptions());

    private IReadOnlyList<Option<PortValue[]>> Ports => [recordPorts, accessPorts, trunkPorts, uplinks, vxlans, geneves];

    private IReadOnlyList<Option> Others => [.. limits.Select(limit => limit.Option), .. settings.Options];

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
        SwitchPortSettings[] ports =
        [
            .. Values(given, recordPorts).Select(port => new SwitchPortSettings { Adapter = port.Adapter, MacInterface = port.Value }),
            .. Values(given, accessPorts).Select(ReadAccess),
            .. Values(given, trunkPorts).Select(ReadTrunk),
            .. Values(given, uplinks).Select(port => ReadVlans(port) with { IsUplink = true }),
            .. Values(given, vxlans).Select(port => ReadTunnel(port, vxlans.Name, TunnelKind.Vxlan)),
            .. Values(given, geneves).Select(port => ReadTunnel(port, geneves.Name, TunnelKind.Geneve)),
        ];
        foreach (var (setting, option) in limits)
        {
            ports = WithLimits(ports, setting, option.Name, Values(given, option));
        }

        return ports;
    }

    /// <summary>How the switch works.</summary>
    public SwitchOptions ReadOptions(ParseResult given) => settings.Read(given, new SwitchOptions());

    private static PortValue[] Values(ParseResult given, Option<PortValue[]> option) => given.GetValue(option) ?? [];

    private static SwitchPortSettings ReadAccess(PortValue port)
    {
        var settings = ReadVlans(port);
        return IsOneVlan(settings) ? settings : throw Invalid(
            $"An access port carries one VLAN, and {port.Adapter} is given {port.Value}. Give one, or make it a trunk port with --trunk {port.Adapter}={port.Value}.", port.Adapter);
    }

    private static SwitchPortSettings ReadTrunk(PortValue port)
    {
        var settings = ReadVlans(port);
        return !IsOneVlan(settings) ? settings : throw Invalid(
            $"A trunk port carries more than one VLAN, and {port.Adapter} is given {port.Value}. Give another or a native one, or make it an access port with --access {port.Adapter}={port.Value}.",
            port.Adapter);
    }

    /// <summary>A tunnel's own settings, and its VLANs among them: <c>vlan=10</c> for each, or <c>native=1</c>.</summary>
    private static SwitchPortSettings ReadTunnel(PortValue port, string option, TunnelKind kind)
    {
        string[] parts = (port.Value ?? string.Empty).Split(',');
        string vlans = string.Join(',', parts.Where(part => Is(part, "vlan")).Select(ValueOf).Concat(parts.Where(part => Is(part, "native")).Select(part => Native + ValueOf(part))));
        string tunnel = string.Join(',', parts.Where(part => !Is(part, "vlan") && !Is(part, "native")));
        try
        {
            return ReadVlans(port with { Value = vlans }) with { Tunnel = TunnelSettings.Parse(kind, tunnel) };
        }
        catch (FormatException error)
        {
            throw new MacSegmentationException("InvalidTunnel", MacErrorKind.InvalidArgument, $"{option} of {port.Adapter}: {error.Message}", port.Value, error);
        }

        static bool Is(string part, string name) => string.Equals(part.Split('=')[0].Trim(), name, StringComparison.OrdinalIgnoreCase);
        static string ValueOf(string part) => part.Contains('=', StringComparison.Ordinal) ? part.Split('=', 2)[1].Trim() : string.Empty;
    }

    private static SwitchPortSettings ReadVlans(PortValue port)
    {
        var parts = (port.Value ?? string.Empty).Split(',').ToLookup(part => part.StartsWith(Native, StringComparison.Ordinal));
        return new SwitchPortSettings
        {
            Adapter = port.Adapter,
            Vlans = VlanList.Parse(string.Join(',', parts[false])),
            NativeVlan = parts[true].Any() ? ReadNative(port, [.. parts[true].SelectMany(part => VlanList.Parse(part[Native.Length..]))]) : null,
        };
    }

    private static int ReadNative(PortValue port, int[] vlans) => vlans is [int vlan]
        ? vlan
        : throw Invalid($"{port.Adapter} is given {vlans.Length} native VLANs. Give one, such as {Native}1, or none.", port.Adapter);

    private static bool IsOneVlan(SwitchPortSettings settings) => settings is { Vlans.Count: 1, NativeVlan: null };

    private static SwitchPortSettings[] WithLimits(SwitchPortSettings[] ports, Setting<SwitchPortSettings> setting, string option, PortValue[] values)
    {
        foreach (var (name, value) in values)
        {
            int index = Array.FindIndex(ports, port => string.Equals(port.Name, name, StringComparison.Ordinal));
            if (index < 0)
            {
                throw Invalid($"{option} is given for {name}, which is no port. Make it one, or leave the option out.", name);
            }

            if (values.Count(other => string.Equals(other.Adapter, name, StringComparison.Ordinal)) > 1)
            {
                throw new MacSegmentationException(setting.ErrorId, MacErrorKind.InvalidArgument, $"{option} of {name} is given twice. Give one.", name);
            }

            try
            {
                ports[index] = setting.With(ports[index], value ?? bool.TrueString);
            }
            catch (FormatException error)
            {
                throw new MacSegmentationException(setting.ErrorId, MacErrorKind.InvalidArgument, $"{option} of {name}: {error.Message}", value, error);
            }
        }

        return ports;
    }

    private static MacSegmentationException Invalid(string sentence, string target) => new("InvalidPort", MacErrorKind.InvalidArgument, sentence, target);
}
