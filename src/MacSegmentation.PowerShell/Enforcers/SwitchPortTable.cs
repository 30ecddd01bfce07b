using System.Collections;
using System.Management.Automation;
using MacSegmentation.Errors;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Ports;
using MacSegmentation.Settings;

namespace MacSegmentation.Enforcers;

/// <summary>
/// The settings of a port as a user of PowerShell gives them: as a hashtable, or as an object that has them as properties, such as a row of a
/// CSV file, whose empty cells are settings that are not given.
/// </summary>
internal static class SwitchPortTable
{
    /// <summary>Reads a port's settings. Which of them go together is <see cref="SwitchPortSettings.Validate"/>'s to say.</summary>
    /// <param name="port">A dictionary, or an object with properties.</param>
    /// <exception cref="MacSegmentationException">UnknownPortSetting, InvalidPort, InvalidVlanId, InvalidTunnel, InvalidStormLimit, InvalidAddressLimit.</exception>
    public static SwitchPortSettings Read(PSObject port)
    {
        var given = port.BaseObject switch
        {
            IDictionary entries => entries.Keys.Cast<object>().Select(name => (Text(name), entries[name])),
            PSCustomObject => port.Properties.Select(property => (property.Name, (object?)property.Value)),
            _ => throw new MacSegmentationException(
                "InvalidPort", MacErrorKind.InvalidArgument, $"'{port}' is not a port. Give a table of its settings, such as @{{ Adapter = 'eth1'; Uplink = $true }}.", port.BaseObject),
        };

        // The adapter first: errors about the others name it.
        var settings = new SwitchPortSettings { Adapter = string.Empty };
        foreach (var (setting, value) in given.Select(entry => (Setting: Find(entry.Item1, port), Value: Plain(entry.Item2))).OrderBy(entry => IndexOf(entry.Setting)))
        {
            if (value is not (null or ""))
            {
                settings = With(settings, setting, TableText(value), port);
            }
        }

        return settings;
    }

    private static SwitchPortSettings With(SwitchPortSettings settings, Setting<SwitchPortSettings> setting, string text, PSObject port)
    {
        try
        {
            return setting.With(settings, text);
        }
        catch (FormatException error)
        {
            string whose = settings.Adapter.Length > 0 ? $"the port {settings.Adapter}" : "a port";
            throw new MacSegmentationException(setting.ErrorId, MacErrorKind.InvalidArgument, $"{setting.Name} of {whose}: {error.Message}", port.BaseObject, error);
        }
    }

    private static Setting<SwitchPortSettings> Find(string name, PSObject port) =>
        SwitchPortSettings.Settings.FirstOrDefault(setting => setting.Aliases.Prepend(setting.Name).Contains(name, StringComparer.OrdinalIgnoreCase))
        ?? throw new MacSegmentationException(
            "UnknownPortSetting",
            MacErrorKind.InvalidArgument,
            $"A port has no setting '{name}'. The settings are {string.Join(", ", SwitchPortSettings.Settings.Select(setting => setting.Name))}.",
            port.BaseObject);

    private static int IndexOf(Setting<SwitchPortSettings> setting) => SwitchPortSettings.Settings.TakeWhile(other => other != setting).Count();

    private static object? Plain(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        MacInterface record => record.Name,
        PSCustomObject => value,
        var other => other,
    };

    /// <summary>A table within the table as text: each entry with its name, an element of a list for itself.</summary>
    private static string TableText(object? value) => value switch
    {
        IDictionary entries => string.Join(',', entries.Keys.Cast<object>().SelectMany(name => Entries(Text(name), entries[name]))),
        PSObject { BaseObject: PSCustomObject } table => string.Join(',', table.Properties.SelectMany(property => Entries(property.Name, property.Value))),
        _ => Text(value),
    };

    private static IEnumerable<string> Entries(string name, object? value) => Plain(value) switch
    {
        null => [],
        IEnumerable elements and not string => elements.Cast<object?>().Select(element => $"{name}={Text(Plain(element))}"),
        var one => [$"{name}={Text(one)}"],
    };

    /// <summary>A value as text; the elements of a list with commas between.</summary>
    private static string Text(object? value) => value is IEnumerable elements and not string
        ? string.Join(',', elements.Cast<object?>().Select(Text))
        : LanguagePrimitives.ConvertTo<string>(value) ?? string.Empty;
}
