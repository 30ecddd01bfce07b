using System.Text.Json;
using MacSegmentation.Forwarding;
using MacSegmentation.Output;
using MacSegmentation.Ownership;
using MacSegmentation.Switch;

namespace MacSegmentation.Enforcement;

/// <summary>What a switch did and knows, for machines.</summary>
internal static class SwitchJson
{
    /// <summary>Writes the ports, the flows, who holds which address, and the forwarding entries, as members.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<SwitchPortStatistics> ports, MacSwitch bridge)
    {
        WriteList(json, "ports", ports, Write);
        var flows = bridge.GetFlowStatistics();
        json.WriteStartObject("flows");
        json.WriteNumber("remembered", flows.Flows);
        json.WriteNumber("limit", flows.Limit);
        json.WriteNumber("refused", flows.Refused);
        json.WriteEndObject();
        WriteList(json, "addressOwners", bridge.ListAddressOwners(), Write);
        WriteList(json, "forwardingEntries", bridge.ListForwardingEntries(), Write);
    }

    private static void WriteList<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> writeMembers)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            writeMembers(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, SwitchPortStatistics port)
    {
        json.WriteString("port", port.Port);
        json.WriteGiven("interface", port.Interface);
        json.WriteBoolean("isUplink", port.IsUplink);
        json.WriteString("vlans", port.Vlans);
        EnforcementJson.Write(json, port.Counts);
        json.WriteNumber("framesSent", port.FramesSent);
        json.WriteNumber("bytesSent", port.BytesSent);
        json.WriteNumber("framesNotSent", port.FramesNotSent);
        json.WriteNumber("framesRefused", port.FramesRefused);
        json.WriteNumber("addressesLearned", port.AddressesLearned);
        json.WriteNumber("framesNotLearned", port.FramesNotLearned);
    }

    private static void Write(Utf8JsonWriter json, MacAddressOwner owner)
    {
        json.WriteNumber("vlanId", owner.VlanId);
        json.WriteGiven("ipAddress", owner.IPAddress?.ToString());
        json.WriteGiven("macAddress", owner.MacAddress?.ToString());
        json.WriteGiven("interface", owner.Interface);
        json.WriteGiven("port", owner.Port);
        json.WriteBoolean("isReachable", owner.IsReachable);
        json.WriteGiven("since", owner.Since);
        json.WriteGiven("detectedBy", owner.DetectedBy?.ToString());
        json.WriteGiven("previousInterface", owner.PreviousInterface);
        json.WriteGiven("previousPort", owner.PreviousPort);
        json.WriteGiven("previousSince", owner.PreviousSince);
        json.WriteNumber("changes", owner.Changes);
        json.WriteStartArray("candidates");
        foreach (string candidate in owner.Candidate)
        {
            json.WriteStringValue(candidate);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, MacForwardingEntry entry)
    {
        json.WriteNumber("vlanId", entry.VlanId);
        json.WriteString("macAddress", entry.MacAddress.ToString());
        json.WriteString("port", entry.Port);
        json.WriteGiven("interface", entry.Interface);
        json.WriteString("kind", entry.Kind.ToString());
        json.WriteGiven("since", entry.Since);
        json.WriteGiven("lastSeen", entry.LastSeen);
    }
}
