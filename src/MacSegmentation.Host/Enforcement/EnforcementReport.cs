using System.Globalization;
using MacSegmentation.Output;
using MacSegmentation.Policies;
using MacSegmentation.Switching;

namespace MacSegmentation.Enforcement;

/// <summary>What an enforcer did, for people: what was forwarded, denied and dropped, and by which policy.</summary>
internal static class EnforcementReport
{
    /// <summary>Writes the report. The same frames and policies give the same text on every system.</summary>
    public static void Write(TextWriter output, EnforcerStatistics statistics, IReadOnlyList<PolicyHits> hits)
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

        traffic.Write(output);
        output.WriteLine();

        var causes = new TextTable("Verdict", ">Frames", ">VLAN", "Decided by");
        foreach (var cause in CauseCount.List(statistics.Total, hits))
        {
            causes.Add(cause.Verdict, Number(cause.Frames), cause.Policy is { } policy ? $"{policy.VlanId}" : string.Empty, cause.Description);
        }

        if (causes.Count > 0)
        {
            causes.Write(output);
        }
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
