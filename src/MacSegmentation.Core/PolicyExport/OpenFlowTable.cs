using System.Text;
using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.Policies;
using MacSegmentation.Verdicts;

namespace MacSegmentation.PolicyExport;

/// <summary>
/// A file for <c>ovs-ofctl add-flows</c>: flows in descending priority, one for each policy, so that the first policy that matches is the flow that decides (ovs-ofctl(8) "Flow
/// Syntax"; OpenFlow 1.3.5 section 5.3). VLANs have priorities of their own, as no frame is in two.
/// </summary>
internal static class OpenFlowTable
{
    /// <summary>The greatest priority (a 16-bit field).</summary>
    private const int MaxPriority = ushort.MaxValue;

    /// <summary>A bridge has a flow of priority 0 for all frames, and 1 is for a VLAN's default action.</summary>
    private const int MaxPolicies = MaxPriority - 1;

    /// <summary>What the flows are known by: "macseg", in ASCII.</summary>
    private const string Cookie = "0x6d6163736567";

    /// <summary>ovs-fields(7): a frame without a tag.</summary>
    private const string NoTag = "0xffff";

    /// <summary>Writes the flows.</summary>
    public static string Write(IReadOnlyList<ExportedVlan> vlans, bool untagged, IReadOnlyList<string> limits)
    {
        var text = new StringBuilder();
        text.AppendComments(
            "MAC policies for Open vSwitch. Load them with: ovs-ofctl --bundle add-flows BRIDGE FILE. They take the place of an earlier export in one step.",
            "Judged are frames in the VLANs below, as they come in; what becomes of frames of other VLANs is left to the bridge's other flows.",
            untagged
                ? "Frames without a tag are of the VLAN below: those of every access port, whatever its tag is."
                : "A VLAN is told by the tag that a frame comes in with: frames from an access port have none, and are not judged.");
        text.AppendLimits(limits);
        text.Append($"delete cookie={Cookie}/-1\n");
        foreach (var vlan in vlans)
        {
            WriteFlows(text, vlan, untagged);
        }

        return text.ToString();
    }

    private static void WriteFlows(StringBuilder text, ExportedVlan vlan, bool untagged)
    {
        var policies = vlan.List.Policies;
        if (policies.Length > MaxPolicies)
        {
            throw new MacSegmentationException(
                "TooManyPolicies",
                MacErrorKind.Exhausted,
                $"VLAN {vlan.List.VlanId} has {policies.Length} policies, and OpenFlow has priorities for {MaxPolicies} and a default action. Remove policies that never decide, or enforce the VLAN with macseg.",
                vlan.List.VlanId);
        }

        text.AppendComments(CommentText.Of(vlan));
        string[] tags = untagged ? [$"{vlan.List.VlanId}", "0", NoTag] : [$"{vlan.List.VlanId}"];
        int priority = MaxPriority;
        foreach (var policy in policies)
        {
            text.AppendComments(CommentText.Of(policy));
            WriteFlow(text, priority--, tags, MatchOf("dl_src", policy.SourceAddress) + MatchOf("dl_dst", policy.DestinationAddress), policy.Action);
        }

        text.AppendComments("default action");
        WriteFlow(text, priority: 1, tags, string.Empty, vlan.List.DefaultAction);
    }

    private static void WriteFlow(StringBuilder text, int priority, string[] tags, string match, PolicyAction action)
    {
        foreach (string tag in tags)
        {
            text.Append($"add cookie={Cookie},priority={priority},dl_vlan={tag}{match},actions={(action == PolicyAction.Allow ? "NORMAL" : "drop")}\n");
        }
    }

    private static string MatchOf(string field, MacPattern pattern) => pattern.PrefixLength switch
    {
        0 => string.Empty,
        48 => $",{field}={new MacAddress(pattern.Value)}",
        _ => $",{field}={new MacAddress(pattern.Value)}/{new MacAddress(pattern.Mask)}",
    };
}
