using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MacSegmentation.Configuration;

/// <summary>Writes the document. What has its default is left out.</summary>
internal static partial class ConfigurationWriter
{
    // The document is read by people and never embedded in a web page: names keep their letters.
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document as text.</summary>
    public static string Write(MacConfiguration document)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteStartArray("vlans");
            foreach (var vlan in document.Vlans)
            {
                Write(json, vlan);
            }

            json.WriteEndArray();
            WriteList(json, "securityGroups", document.SecurityGroups, Write);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static void Write(Utf8JsonWriter json, VlanConfiguration vlan)
    {
        json.WriteStartObject();
        json.WriteNumber("id", vlan.Id);
        if (vlan.Name.Length > 0)
        {
            json.WriteString("name", vlan.Name);
        }

        json.WriteStartArray("ranges");
        foreach (var range in vlan.Ranges)
        {
            json.WriteStringValue(range.ToString());
        }

        json.WriteEndArray();
        json.WriteString("defaultAction", vlan.DefaultAction.ToString());
        if (vlan.ReuseDelay != TimeSpan.Zero)
        {
            json.WriteString("reuseDelay", vlan.ReuseDelay.ToString("c"));
        }

        if (vlan.ArpResponder)
        {
            json.WriteBoolean("arpResponder", true);
        }

        if (vlan.ForeignAddresses)
        {
            json.WriteBoolean("foreignAddresses", true);
        }

        WriteList(json, "allocations", vlan.Allocations, Write);
        WriteList(json, "policies", vlan.Policies, Write);
        WriteList(json, "interfaces", vlan.Interfaces, Write);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, AllocationConfiguration allocation)
    {
        json.WriteStartObject();
        json.WriteString("instanceId", allocation.InstanceId);
        if (allocation.MacAddress is { } address)
        {
            json.WriteString("macAddress", address.ToString());
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PolicyConfiguration policy)
    {
        json.WriteStartObject();
        if (policy.Order is { } order)
        {
            json.WriteNumber("order", order);
        }

        json.WriteString("source", policy.Source.ToString());
        json.WriteString("destination", policy.Destination.ToString());
        json.WriteString("action", policy.Action.ToString());
        json.WriteEndObject();
    }
}
