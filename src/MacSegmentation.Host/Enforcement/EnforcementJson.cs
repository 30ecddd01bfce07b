using System.Text.Json;
using MacSegmentation.Counting;
using MacSegmentation.Events;
using MacSegmentation.Output;
using MacSegmentation.Policies;
using MacSegmentation.Switch;

namespace MacSegmentation.Enforcement;

/// <summary>What an enforcer did, for machines.</summary>
internal static class EnforcementJson
{
    /// <summary>Writes the report as one line.</summary>
    /// <param name="output">Where.</param>
    /// <param name="statistics">What was done.</param>
    /// <param name="hits">How often each policy decided.</param>
    /// <param name="bridge">The switch; null for a bump in the wire and a capture.</param>
    public static void Write(TextWriter output, EnforcerStatistics statistics, IReadOnlyList<PolicyHits> hits, MacSwitch? bridge) => OutputFormat.WriteJson(output, json =>
    {
        json.WriteStartObject();
        json.WriteString("state", statistics.State.ToString());
        json.WriteNumber("tableRevision", statistics.TableRevision);
        json.WriteStartObject("total");
        Write(json, statistics.Total);
        json.WriteEndObject();
        if (bridge is null)
        {
            WriteDirections(json, statistics.Directions);
        }
        else
        {
            SwitchJson.Write(json, statistics.Ports, bridge);
        }

        json.WriteStartArray("policies");
        foreach (var hit in hits)
        {
            json.WriteStartObject();
            json.WriteNumber("vlanId", hit.Policy.VlanId);
            json.WriteNumber("order", hit.Policy.Order);
            json.WriteString("source", hit.Policy.SourceAddress.ToString());
            json.WriteString("destination", hit.Policy.DestinationAddress.ToString());
            json.WriteString("action", hit.Policy.Action.ToString());
            json.WriteNumber("frames", hit.Frames);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>Writes an event as one line; what does not belong to its kind is left out.</summary>
    public static void Write(TextWriter output, MacEnforcerEvent happened) => OutputFormat.WriteJson(output, json =>
    {
        json.WriteStartObject();
        json.WriteString("time", happened.Time);
        json.WriteString("event", happened.Kind.ToString());
        json.WriteGiven("port", happened.Port);
        json.WriteGiven("interface", happened.Interface);
        json.WriteGiven("vlanId", happened.VlanId);
        json.WriteGiven("source", happened.SourceAddress?.ToString());
        json.WriteGiven("destination", happened.DestinationAddress?.ToString());
        json.WriteGiven("ipAddress", happened.IPAddress?.ToString());
        json.WriteGiven("previous", happened.Previous);
        json.WriteGiven("policyOrder", happened.Policy?.Order);
        json.WriteGiven("reason", happened.Reason);
        json.WriteGiven("frameLength", happened.FrameLength);
        json.WriteGiven("suppressed", happened.SuppressedCount);
        json.WriteGiven("revision", happened.Revision);
        json.WriteGiven("detail", happened.Detail);
        json.WriteEndObject();
    });

    /// <summary>Writes counts as members.</summary>
    public static void Write(Utf8JsonWriter json, TrafficCounts counts)
    {
        json.WriteNumber("framesIn", counts.FramesIn);
        json.WriteNumber("bytesIn", counts.BytesIn);
        json.WriteNumber("framesForwarded", counts.FramesForwarded);
        json.WriteNumber("bytesForwarded", counts.BytesForwarded);
        json.WriteNumber("framesAnswered", counts.FramesAnswered);
        json.WriteNumber("bytesAnswered", counts.BytesAnswered);
        json.WriteNumber("framesQueued", counts.FramesQueued);
        json.WriteNumber("bytesQueued", counts.BytesQueued);
        json.WriteNumber("framesDenied", counts.FramesDenied);
        json.WriteNumber("bytesDenied", counts.BytesDenied);
        json.WriteNumber("framesDropped", counts.FramesDropped);
        json.WriteNumber("bytesDropped", counts.BytesDropped);
        json.WriteNumber("framesLost", counts.FramesLost);
        Write(json, "deniedByReason", counts.DeniedByReason);
        Write(json, "droppedByReason", counts.DroppedByReason);
    }

    private static void WriteDirections(Utf8JsonWriter json, IReadOnlyList<DirectionStatistics> directions)
    {
        json.WriteStartArray("directions");
        foreach (var direction in directions)
        {
            json.WriteStartObject();
            json.WriteString("port", direction.Port);
            json.WriteString("destination", direction.Destination);
            json.WriteNumber("nativeVlanId", direction.NativeVlanId);
            Write(json, direction.Counts);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, long> counts)
    {
        json.WriteStartObject(name);
        foreach (var (reason, frames) in counts.OrderBy(count => count.Key, StringComparer.Ordinal))
        {
            json.WriteNumber(reason, frames);
        }

        json.WriteEndObject();
    }
}
