using System.Text.Json;
using MacSegmentation.InterfaceRecords;

namespace MacSegmentation.Configuration;

/// <summary>How interface records and security groups are written.</summary>
internal static partial class ConfigurationWriter
{
    private static void Write(Utf8JsonWriter json, InterfaceConfiguration record)
    {
        json.WriteStartObject();
        json.WriteString("name", record.Name);
        if (record.MacAddress is { } address)
        {
            json.WriteString("macAddress", address.ToString());
        }

        WriteTexts(json, "ipAddresses", record.IPAddresses);
        if (record.InstanceId is { } instanceId)
        {
            json.WriteString("instanceId", instanceId);
        }

        WriteIfOff(json, "portSecurity", record.PortSecurity);
        WriteIfOff(json, "dhcpGuard", record.DhcpGuard);
        WriteIfOff(json, "routerGuard", record.RouterGuard);
        if (record.ArpRateLimit != MacInterface.DefaultArpRateLimit)
        {
            json.WriteNumber("arpRateLimit", record.ArpRateLimit);
        }

        WriteList(json, "addressPairs", record.AddressPairs, Write);
        WriteTexts(json, "securityGroups", record.SecurityGroups);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, AddressPairConfiguration pair)
    {
        json.WriteStartObject();
        json.WriteString("ipAddress", pair.IPAddress);
        if (pair.MacAddress is { } address)
        {
            json.WriteString("macAddress", address.ToString());
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SecurityGroupConfiguration group)
    {
        json.WriteStartObject();
        json.WriteString("name", group.Name);
        if (group.Description.Length > 0)
        {
            json.WriteString("description", group.Description);
        }

        if (group.IsStateless)
        {
            json.WriteBoolean("stateless", true);
        }

        WriteList(json, "rules", group.Rules, Write);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SecurityGroupRuleConfiguration rule)
    {
        json.WriteStartObject();
        json.WriteString("direction", rule.Direction.ToString());
        json.WriteString("protocol", rule.Protocol.ToString());
        if (rule.Ports.Count > 0)
        {
            json.WriteString("ports", string.Join(',', rule.Ports));
        }

        if (rule.RemoteAddress is { } remoteAddress)
        {
            json.WriteString("remoteAddress", remoteAddress);
        }

        if (rule.RemoteGroup is { } remoteGroup)
        {
            json.WriteString("remoteGroup", remoteGroup);
        }

        json.WriteEndObject();
    }

    private static void WriteIfOff(Utf8JsonWriter json, string name, bool isOn)
    {
        if (!isOn)
        {
            json.WriteBoolean(name, false);
        }
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts) =>
        WriteList(json, name, texts, static (json, text) => json.WriteStringValue(text));

    /// <summary>Writes a list, unless it is empty.</summary>
    private static void WriteList<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        if (items.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var item in items)
        {
            write(json, item);
        }

        json.WriteEndArray();
    }
}
