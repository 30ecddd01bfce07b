using MacSegmentation.Output;

namespace MacSegmentation.Tracing;

/// <summary>Tells what staged partitions and policies would change: two lines a change for people, one for machines.</summary>
internal static class StagedReport
{
    /// <summary>Tells of a replay.</summary>
    public static void Write(Terminal terminal, StagedReplay replay, bool asJson)
    {
        foreach (var change in replay.Changes)
        {
            if (asJson)
            {
                OutputFormat.WriteJson(terminal.Output, json => MacStagedChange.Report.Write(json, change));
                continue;
            }

            string vlan = change.VlanId is { } number ? $" in VLAN {number}" : string.Empty;
            terminal.Output.WriteLine($"{change.Frames} frames, the first is {change.FirstFrame}, from {change.From}: {change.SourceAddress} -> {change.DestinationAddress}{vlan}, {change.Packet}");
            terminal.Output.WriteLine($"  {change.Before}{To(change.BeforeTo)} => {change.After}{To(change.AfterTo)}: {change.Explanation}");
        }

        if (asJson)
        {
            return;
        }

        string untold = replay.UntoldFrames > 0 ? $", {replay.UntoldFrames} of them in more ways than are told" : string.Empty;
        terminal.Output.WriteLine(replay.HasStaged ? $"{replay.ChangedFrames} of {replay.Frames} frames would change{untold}." : "Nothing is staged: nothing would change.");
    }

    private static string To(IReadOnlyList<string> ports) => ports.Count == 0 ? string.Empty : $" to {string.Join(", ", ports)}";
}
