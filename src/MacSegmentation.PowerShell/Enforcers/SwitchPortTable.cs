using System.Collections;
using System.Globalization;
using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Ports;

namespace MacSegmentation.Enforcers;

/// <summary>
/// The settings of a port as a user of PowerShell gives them: as a hashtable, or as an object that has them as properties, such as a row of a
/// CSV file, whose empty cells are settings that are not given.
/// </summary>
internal sealed class SwitchPortTable
{
    private static readonly string[] Known =
    [
        nameof(SwitchPortSettings.Interface),
        nameof(SwitchPortSettings.MacInterface),
        Uplink,
        Vlan,
        nameof(SwitchPortSettings.NativeVlan),
        nameof(SwitchPortSettings.StormLimit),
        nameof(SwitchPortSettings.MulticastStormLimit),
        nameof(SwitchPortSettings.AddressLimit),
    ];

    private const string Uplink = "Uplink";
    private const string Vlan = "Vlan";

    private readonly Dictionary<string, object> settings = new(StringComparer.OrdinalIgnoreCase);
    private readonly object given;

    private SwitchPortTable(object given, IEnumerable<(string Name, object? Value)> settings)
    {
        this.given = given;
        foreach (var (name, value) in settings)
        {
            if (!Known.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                throw new MacSegmentationException(
                    "UnknownPortSetting",
                    MacErrorKind.InvalidArgument,
                    $"A port has no setting '{name}'. The settings are {string.Join(", ", Known)}.",
                    given);
            }

            object? plain = value is PSObject wrapped ? wrapped.BaseObject : value;
            if (plain is not (null or ""))
            {
                this.settings[name] = plain;
            }
        }
    }

    /// <summary>Reads a port's settings. Which of them go together is <see cref="SwitchPortSettings.Validate"/>'s to say.</summary>
    /// <param name="port">A dictionary, or an object with properties.</param>
    /// <exception cref="MacSegmentationException">UnknownPortSetting, InvalidPort, InvalidVlanId, InvalidStormLimit, InvalidAddressLimit.</exception>
    public static SwitchPortSettings Read(PSObject port)
    {
        var table = port.BaseObject switch
        {
            IDictionary entries => new SwitchPortTable(entries, entries.Keys.Cast<object>().Select(name => (Text(name), entries[name]))),
            PSCustomObject => new SwitchPortTable(port, port.Properties.Select(property => (property.Name, (object?)property.Value))),
            _ => throw Invalid($"'{port}' is not a port. Give a table of its settings, such as @{{ Interface = 'eth1'; Uplink = $true }}.", port.BaseObject),
        };
        return table.ToSettings();
    }

    private SwitchPortSettings ToSettings() => new()
    {
        Interface = FindText(nameof(SwitchPortSettings.Interface)) ?? string.Empty,
        MacInterface = settings.GetValueOrDefault(nameof(SwitchPortSettings.MacInterface)) is MacInterface record ? record.Name : FindText(nameof(SwitchPortSettings.MacInterface)),
        IsUplink = IsOn(Uplink),
        Vlans = VlanList.Parse(FindText(Vlan) ?? string.Empty),
        NativeVlan = FindNumber(nameof(SwitchPortSettings.NativeVlan), "InvalidVlanId"),
        StormLimit = FindNumber(nameof(SwitchPortSettings.StormLimit), "InvalidStormLimit") ?? 0,
        MulticastStormLimit = FindNumber(nameof(SwitchPortSettings.MulticastStormLimit), "InvalidStormLimit") ?? 0,
        AddressLimit = FindNumber(nameof(SwitchPortSettings.AddressLimit), "InvalidAddressLimit") ?? 0,
    };

    private string? FindText(string name) => settings.TryGetValue(name, out object? value) ? Text(value) : null;

    private int? FindNumber(string name, string errorId) => FindText(name) is not { } text ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number
        : throw new MacSegmentationException(errorId, MacErrorKind.InvalidArgument, $"{name} of {Port} is not a number: '{text}'. Give a whole number.", given);

    private bool IsOn(string name) => FindText(name)?.ToUpperInvariant() switch
    {
        null or "FALSE" or "OFF" or "0" => false,
        "TRUE" or "ON" or "1" => true,
        _ => throw Invalid($"{name} of {Port} is neither true nor false: '{settings[name]}'. Give $true or $false.", given),
    };

    private string Port => FindText(nameof(SwitchPortSettings.Interface)) is { } name ? $"the port {name}" : "a port";

    /// <summary>A value as text; the elements of a list with commas between.</summary>
    private static string Text(object? value) => value is IEnumerable elements and not string
        ? string.Join(',', elements.Cast<object?>().Select(Text))
        : LanguagePrimitives.ConvertTo<string>(value) ?? string.Empty;

    private static MacSegmentationException Invalid(string sentence, object target) => new("InvalidPort", MacErrorKind.InvalidArgument, sentence, target);
}
