using System.CommandLine;
using MacSegmentation.Output;
using MacSegmentation.Pcap;

namespace MacSegmentation.Commands;

/// <summary>macseg devices: the network adapters that an enforcer can open, and why it cannot open others.</summary>
internal static class DevicesCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var json = OutputFormat.Option();
        var command = new Command("devices", "Lists the network adapters that an enforcer can open, and why it cannot open others.") { json };
        command.SetAction(parsed =>
        {
            var devices = CaptureDevices.List();
            if (parsed.GetValue(json))
            {
                WriteJson(terminal.Output, devices);
            }
            else
            {
                Write(terminal, devices);
            }
        });
        return command;
    }

    private static void Write(Terminal terminal, IReadOnlyList<MacCaptureDevice> devices)
    {
        var table = new TextTable("Name", "Description", "Address", "State", "Can be opened");
        foreach (var device in devices)
        {
            table.Add(device.Name, device.Description ?? string.Empty, $"{device.MacAddress}", device.IsUp ? "up" : "down", device.CanOpen ? "yes" : $"no: {device.Reason}");
        }

        terminal.Write(table);
    }

    private static void WriteJson(TextWriter output, IReadOnlyList<MacCaptureDevice> devices) => OutputFormat.WriteJson(output, json =>
    {
        json.WriteStartArray();
        foreach (var device in devices)
        {
            json.WriteStartObject();
            json.WriteString("name", device.Name);
            json.WriteString("description", device.Description);
            json.WriteString("macAddress", device.MacAddress?.ToString());
            json.WriteString("linkType", device.LinkType);
            json.WriteBoolean("isUp", device.IsUp);
            json.WriteBoolean("isLoopback", device.IsLoopback);
            json.WriteBoolean("canOpen", device.CanOpen);
            json.WriteString("reason", device.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
