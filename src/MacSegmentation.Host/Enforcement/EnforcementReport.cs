using System.Globalization;
using MacSegmentation.Output;
using MacSegmentation.Ownership;
using MacSegmentation.Partitions;
using MacSegmentation.Policies;
using MacSegmentation.Switch;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Enforcement;

/// <summary>What an enforcer did, for people: what was forwarded, denied and dropped, and by which policy.</summary>
internal static class EnforcementReport
{
    /// <summary>Writes the report. The same frames and policies give the same text on every system.</summary>
    /// <param name="terminal">Where.</param>
    /// <param name="statistics">What was done.</param>
    /// <param name="hits">How often each policy decided.</param>
    /// <param name="partitions">How often each policy of a partition decided.</param>
    /// <param name="bridge">The switch; null for a bump in the wire and a capture.</param>
    public static void Write(Terminal terminal, EnforcerStatistics statistics, IReadOnlyList<PolicyHits> hits, IReadOnlyList<PartitionHits> partitions, MacSwitch? bridge)
    {
        if (bridge is null)
        {
            WriteDirections(terminal, statistics);
            WriteCauses(terminal, CauseCount.OfWire(statistics.Total, hits));
        }
        else
        {
            WritePorts(terminal, statistics);
            WriteCauses(terminal, CauseCount.OfSwitch(statistics.Total, hits));
            WriteOwners(terminal, bridge.ListAddressOwners());
        }

        WritePartitions(terminal, partitions);
    }

    private static void WritePartitions(Terminal terminal, IReadOnlyList<PartitionHits> partitions)
    {
        if (partitions.Count == 0)
        {
            return;
        }

        var table = new TextTable("Partition", "Policy", ">Frames");
        foreach (var hits in partitions)
        {
            table.Add(hits.Policy.Partition, hits.Policy.ToString(), Number(hits.Frames));
        }

        terminal.Output.WriteLine();
        terminal.Write(table);
    }

    private static void WriteDirections(Terminal terminal, EnforcerStatistics statistics)
    {
        var traffic = new TextTable("From", "To", ">Frames in", ">Bytes in", ">Forwarded", ">Denied", ">Dropped", ">Lost by system");
        foreach (var direction in statistics.Directions)
        {
            var counts = direction.Counts;
            traffic.Add(
                direction.Port,
                direction.Destination,
                Number(counts.FramesIn),
                Number(counts.BytesIn),
                Number(counts.FramesForwarded),
                Number(counts.FramesDenied),
                Number(counts.FramesDropped),
                Number(counts.FramesLost));
        }

        terminal.Write(traffic);
        terminal.Output.WriteLine();
    }

    private static void WritePorts(Terminal terminal, EnforcerStatistics statistics)
    {
        var traffic = new TextTable(
            "Port", "Interface", "VLANs", ">Frames in", ">Forwarded", ">Answered", ">Denied", ">Dropped", ">Sent", ">Not sent", ">Lost by system");
        foreach (var port in statistics.Ports)
        {
            traffic.Add(
                port.Port,
                port.Interface ?? (port.IsUplink ? "(uplink)" : string.Empty),
                port.Vlans,
                Number(port.Counts.FramesIn),
                Number(port.Counts.FramesForwarded),
                Number(port.Counts.FramesAnswered),
                Number(port.Counts.FramesDenied),
                Number(port.Counts.FramesDropped),
                Number(port.FramesSent),
                Number(port.FramesNotSent),
                Number(port.Counts.FramesLost));
        }

        terminal.Write(traffic);
        terminal.Output.WriteLine();
    }

    private static void WriteCauses(Terminal terminal, IEnumerable<CauseCount> counts)
    {
        var causes = new TextTable("Verdict", ">Frames", ">VLAN", "Decided by");
        foreach (var cause in counts)
        {
            causes.Add(cause.Verdict, Number(cause.Frames), cause.Policy is { } policy ? $"{policy.VlanId}" : string.Empty, cause.Description);
        }

        if (causes.Count > 0)
        {
            terminal.Write(causes);
        }
    }

    private static void WriteOwners(Terminal terminal, IReadOnlyList<MacAddressOwner> owners)
    {
        if (owners.Count == 0)
        {
            return;
        }

        var table = new TextTable("Address", "Used with", ">VLAN", "Held by", "Since", "Before", ">Changes");
        foreach (var owner in owners)
        {
            table.Add(
                owner.IPAddress?.ToString() ?? owner.MacAddress?.ToString() ?? string.Empty,
                owner.IPAddress is null ? string.Empty : owner.MacAddress?.ToString() ?? string.Empty,
                $"{owner.VlanId}",
                owner.Interface ?? owner.Port ?? "nobody yet",
                owner.Since is { } since ? EnforcerRun.Format(since) : string.Empty,
                owner.PreviousInterface ?? owner.PreviousPort ?? string.Empty,
                Number(owner.Changes));
        }

        terminal.Output.WriteLine();
        terminal.Write(table);
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
