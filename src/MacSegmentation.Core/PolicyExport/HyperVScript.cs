using System.Text;
using MacSegmentation.Addressing;

namespace MacSegmentation.PolicyExport;

/// <summary>
/// A PowerShell script for a Hyper-V host: <c>Set-VMNetworkAdapterVlan</c> and <c>Add-VMNetworkAdapterAcl</c> with documented parameters only
/// (https://learn.microsoft.com/powershell/module/hyper-v/add-vmnetworkadapteracl).
/// </summary>
internal static class HyperVScript
{
    /// <summary>Writes the script.</summary>
    public static string Write(ExportedVlan vlan, bool untagged, HyperVAdapter adapter, IReadOnlyList<string> limits)
    {
        var text = new StringBuilder();
        text.AppendComments(
            $"MAC policies for an adapter of Hyper-V, {adapter.MacAddress}. Run this on the host, as an administrator of Hyper-V.",
            "It holds while the adapter keeps that address and MAC address spoofing is off, as it is by default.",
            "Entries for one address go before those for ANY, and what no entry names is allowed. Entries that the adapter has already stay: take those of an earlier export away first,",
            "with Get-VMNetworkAdapterAcl and Remove-VMNetworkAdapterAcl.");
        if (adapter.Direction != AclDirection.Both)
        {
            text.AppendComments($"{adapter.Direction} frames only: the others are not judged.");
        }

        text.AppendLimits(limits);
        text.AppendComments(CommentText.Of(vlan));
        text.Append("$ErrorActionPreference = 'Stop'\n$adapter = @{\n").Append($"    VMName = {Quote(adapter.VMName)}\n");
        if (adapter.VMNetworkAdapterName is { } name)
        {
            text.Append($"    VMNetworkAdapterName = {Quote(name)}\n");
        }

        text.Append($"}}\nSet-VMNetworkAdapterVlan @adapter {(untagged ? "-Untagged" : $"-Access -VlanId {vlan.List.VlanId}")}\n$entries = @(\n");
        if (adapter.Direction != AclDirection.Inbound)
        {
            WriteEntries(text, RemoteAddressList.Outbound(vlan.List, adapter.MacAddress), nameof(AclDirection.Outbound));
        }

        if (adapter.Direction != AclDirection.Outbound)
        {
            WriteEntries(text, RemoteAddressList.Inbound(vlan.List, adapter.MacAddress), nameof(AclDirection.Inbound));
        }

        return text.Append(")\nforeach ($entry in $entries) {\n    Add-VMNetworkAdapterAcl @adapter @entry\n}\n").ToString();
    }

    /// <summary>Writes the entries of one way, that for all others last: nothing is refused meanwhile that will be allowed.</summary>
    private static void WriteEntries(StringBuilder text, RemoteAddressList list, string direction)
    {
        foreach (var policy in list.Exceptions)
        {
            WriteEntry(text, $"{new MacAddress(list.RemoteOf(policy).Value)}".Replace(':', '-'), direction, !list.IsOthersAllowed, CommentText.Of(policy));
        }

        if (!list.IsOthersAllowed)
        {
            WriteEntry(text, "ANY", direction, isAllowed: false, list.Decider is { } decider ? CommentText.Of(decider) : "default action");
        }
    }

    private static void WriteEntry(StringBuilder text, string remote, string direction, bool isAllowed, string comment) =>
        text.Append($"    @{{ RemoteMacAddress = '{remote}'; Direction = '{direction}'; Action = '{(isAllowed ? "Allow" : "Deny")}' }} # {comment}\n");

    /// <summary>A text between single quotes. PowerShell takes typographic ones for the same sign (about_Quoting_Rules), so each is doubled.</summary>
    private static string Quote(string text)
    {
        var quoted = new StringBuilder("'");
        foreach (char sign in text)
        {
            quoted.Append(sign is '\'' or '\u2018' or '\u2019' or '\u201a' or '\u201b' ? $"{sign}{sign}" : $"{sign}");
        }

        return quoted.Append('\'').ToString();
    }
}
