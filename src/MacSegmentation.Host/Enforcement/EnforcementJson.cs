using System.Text.Json;
using MacSegmentation.Events;
using MacSegmentation.Forwarding;
using MacSegmentation.Output;
using MacSegmentation.Ownership;
using MacSegmentation.Partitions;
using MacSegmentation.Policies;
using MacSegmentation.Reports;
using MacSegmentation.Switch;

namespace MacSegmentation.Enforcement;

/// <summary>What an enforcer did, for machines.</summary>
internal static class EnforcementJson
{
    /// <summary>Writes the report as one line.</summary>
    /// <param name="output">Where.</param>
    /// <param name="statistics">What was done.</param>
    /// <param name="hits">How often each policy decided.</param>
    /// <param name="partitions">How often each policy of a partition decided.</param>
    /// <param name="bridge">The switch; null for a bump in the wire and a capture.</param>
    public static void Write(TextWriter output, EnforcerStatistics statistics, IReadOnlyList<PolicyHits> hits, IReadOnlyList<PartitionHits> partitions, MacSwitch? bridge) => OutputFormat.WriteJson(output, json =>
    {
        json.WriteStartObject();
        EnforcerStatistics.Report.WriteMembers(json, statistics);
        if (bridge is null)
        {
            WriteList(json, "directions", statistics.Directions, DirectionStatistics.Report);
        }
        else
        {
            WriteList(json, "ports", statistics.Ports, SwitchPortStatistics.Report);
            json.WritePropertyName("flows");
            FlowStatistics.Report.Write(json, bridge.GetFlowStatistics());
            WriteList(json, "addressOwners", bridge.ListAddressOwners(), MacAddressOwner.Report);
            WriteList(json, "forwardingEntries", bridge.ListForwardingEntries(), MacForwardingEntry.Report);
        }

        WriteList(json, "policies", hits, PolicyHits.Report);
        if (partitions.Count > 0)
        {
            WriteList(json, "partitions", partitions, PartitionHits.Report);
        }

        json.WriteEndObject();
    });

    /// <summary>Writes an event as one line; what does not belong to its kind is left out.</summary>
    public static void Write(TextWriter output, MacEnforcerEvent happened) => OutputFormat.WriteJson(output, json => MacEnforcerEvent.Report.Write(json, happened));

    private static void WriteList<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Report<T> report)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            report.Write(json, item);
        }

        json.WriteEndArray();
    }
}
