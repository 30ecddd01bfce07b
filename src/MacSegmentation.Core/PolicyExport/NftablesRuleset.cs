using System.Text;
using MacSegmentation.Addressing;
using MacSegmentation.Policies;
using MacSegmentation.Verdicts;

namespace MacSegmentation.PolicyExport;

/// <summary>
/// A ruleset for <c>nft -f</c>: a table of the bridge family with a chain for each VLAN. A chain is its VLAN's list, in its sequence; neighbours that look at the same bits are one
/// verdict map, in which at most one element matches a frame. (nft(8): "Verdict maps", "Concatenations", "Chains".)
/// </summary>
internal static class NftablesRuleset
{
    private static readonly ulong AllBits = MacPattern.MaskOf(48);

    /// <summary>Writes the ruleset.</summary>
    public static string Write(IReadOnlyList<ExportedVlan> vlans, bool untagged, IReadOnlyList<string> limits)
    {
        var text = new StringBuilder("#!/usr/sbin/nft -f\n");
        text.AppendComments(
            "MAC policies for the Linux bridge. Load them with: nft -f FILE. They take the place of an earlier export in one step.",
            "Judged are frames that a bridge forwards, in the VLANs below; other frames pass.",
            untagged
                ? "Frames without a tag are of the VLAN below: a bridge with access ports of several VLANs forwards those of all VLANs without a tag."
                : "A VLAN is told by its 802.1Q tag: a bridge that takes tags off for an access port forwards frames without one, which pass.");
        text.AppendLimits(limits);
        text.Append("table bridge macseg\ndelete table bridge macseg\ntable bridge macseg {\n");
        foreach (var vlan in vlans)
        {
            WriteChain(text, vlan);
        }

        text.Append("\tchain forward {\n\t\ttype filter hook forward priority filter; policy accept;\n");
        int[] ids = untagged ? [0, vlans[0].List.VlanId] : [.. vlans.Select(vlan => vlan.List.VlanId)];
        text.Append("\t\tvlan id vmap { ").AppendJoin(", ", ids.Select(id => $"{id} : jump {ChainOf(untagged ? vlans[0].List.VlanId : id)}")).Append(" }\n");
        if (untagged)
        {
            // What has a tag of another kind is of another VLAN. A tag of VLAN 0 has a priority only (IEEE 802.1Q-2022 section 9.6).
            text.Append($"\t\tether type != {{ 8021q, 8021ad, 0x9100, 0x9200 }} jump {ChainOf(vlans[0].List.VlanId)}\n");
        }

        return text.Append("\t}\n}\n").ToString();
    }

    private static string ChainOf(int vlanId) => $"vlan_{vlanId}";

    private static void WriteChain(StringBuilder text, ExportedVlan vlan)
    {
        text.Append('\t').AppendComments(CommentText.Of(vlan));
        text.Append($"\tchain {ChainOf(vlan.List.VlanId)} {{\n");
        var policies = vlan.List.Policies;
        for (int first = 0; first < policies.Length;)
        {
            int end = first + 1;
            while (end < policies.Length && LooksAtSameBits(policies[first], policies[end]))
            {
                end++;
            }

            WriteRun(text, policies[first..end]);
            first = end;
        }

        text.Append($"\t\t{VerdictOf(vlan.List.DefaultAction)}\n\t}}\n");
    }

    private static bool LooksAtSameBits(MacPolicy one, MacPolicy other) =>
        one.SourceAddress.Mask == other.SourceAddress.Mask && one.DestinationAddress.Mask == other.DestinationAddress.Mask;

    private static void WriteRun(StringBuilder text, ReadOnlySpan<MacPolicy> run)
    {
        if (run.Length == 1 || KeyOf(run[0]) is not { } key)
        {
            foreach (var policy in run)
            {
                text.Append("\t\t");
                AppendMatch(text, "saddr", policy.SourceAddress);
                AppendMatch(text, "daddr", policy.DestinationAddress);
                text.Append($"{VerdictOf(policy.Action)} # {CommentText.Of(policy)}\n");
            }

            return;
        }

        text.Append($"\t\t{key} vmap {{\n");
        var seen = new HashSet<(ulong Source, ulong Destination)>();
        foreach (var policy in run)
        {
            // A policy behind one that matches the same frames never decides, and a map has each key once. The last comma does not matter.
            bool isFirst = seen.Add((policy.SourceAddress.Value, policy.DestinationAddress.Value));
            text.Append(isFirst ? $"\t\t\t{ElementOf(policy)} : {VerdictOf(policy.Action)}," : "\t\t\t# never decides:");
            text.Append($"{(isFirst ? " #" : string.Empty)} {CommentText.Of(policy)}\n");
        }

        text.Append("\t\t}\n");
    }

    /// <summary>What a verdict map for policies with these masks looks up; null if a map cannot: nft concatenates whole fields, and masks one.</summary>
    private static string? KeyOf(MacPolicy policy) => (policy.SourceAddress.Mask, policy.DestinationAddress.Mask) switch
    {
        (0, 0) => null,
        (var source, 0) => FieldOf("saddr", source),
        (0, var destination) => FieldOf("daddr", destination),
        var (source, destination) => source == AllBits && destination == AllBits ? "ether saddr . ether daddr" : null,
    };

    private static string ElementOf(MacPolicy policy) => (policy.SourceAddress.Mask, policy.DestinationAddress.Mask) switch
    {
        (_, 0) => $"{new MacAddress(policy.SourceAddress.Value)}",
        (0, _) => $"{new MacAddress(policy.DestinationAddress.Value)}",
        _ => $"{new MacAddress(policy.SourceAddress.Value)} . {new MacAddress(policy.DestinationAddress.Value)}",
    };

    private static string FieldOf(string field, ulong mask) => mask == AllBits ? $"ether {field}" : $"ether {field} & {new MacAddress(mask)}";

    private static void AppendMatch(StringBuilder text, string field, MacPattern pattern)
    {
        if (!pattern.IsAny)
        {
            text.Append($"{FieldOf(field, pattern.Mask)} == {new MacAddress(pattern.Value)} ");
        }
    }

    private static string VerdictOf(PolicyAction action) => action == PolicyAction.Allow ? "accept" : "drop";
}
