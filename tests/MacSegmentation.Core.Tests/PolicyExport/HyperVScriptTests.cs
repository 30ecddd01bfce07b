using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.Verdicts;

namespace MacSegmentation.PolicyExport;

public sealed partial class HyperVScriptTests
{
    private static readonly MacAddress Own = MacAddress.Parse("02:00:00:00:00:01");
    private static readonly PolicyExportRequest Request = new()
    {
        Format = PolicyExportFormat.HyperV,
        Adapter = new HyperVAdapter { VMName = "cam's", MacAddress = Own },
    };

    [Fact]
    public void A_list_comes_to_entries_for_the_adapter()
    {
        var vlan = ExportedLists.Of(
            PolicyAction.Deny,
            ("02:00:00:00:00:09", "*", PolicyAction.Allow),
            ("*", "02:00:00:00:00:09", PolicyAction.Allow),
            ("02:00:00:00:00:02", "02:00:00:00:00:08", PolicyAction.Allow),
            ("00:1a:2b:00:00:00/24", "*", PolicyAction.Drop));
        Assert.Equal(
            """
            # MAC policies for an adapter of Hyper-V, 02:00:00:00:00:01. Run this on the host, as an administrator of Hyper-V.
            # It holds while the adapter keeps that address and MAC address spoofing is off, as it is by default.
            # Entries for one address go before those for ANY, and what no entry names is allowed. Entries that the adapter has already stay: take those of an earlier export away first,
            # with Get-VMNetworkAdapterAcl and Remove-VMNetworkAdapterAcl.
            # NOT EXPRESSED: Deny and Drop are the same to Hyper-V: both discard, and nothing is reported as a denial event.
            # VLAN 10 'cameras', default action Deny
            $ErrorActionPreference = 'Stop'
            $adapter = @{
                VMName = 'cam''s'
            }
            Set-VMNetworkAdapterVlan @adapter -Access -VlanId 10
            $entries = @(
                @{ RemoteMacAddress = '02-00-00-00-00-09'; Direction = 'Outbound'; Action = 'Allow' } # 20: * -> 02:00:00:00:00:09 Allow
                @{ RemoteMacAddress = 'ANY'; Direction = 'Outbound'; Action = 'Deny' } # default action
                @{ RemoteMacAddress = '02-00-00-00-00-09'; Direction = 'Inbound'; Action = 'Allow' } # 10: 02:00:00:00:00:09 -> * Allow
                @{ RemoteMacAddress = 'ANY'; Direction = 'Inbound'; Action = 'Deny' } # default action
            )
            foreach ($entry in $entries) {
                Add-VMNetworkAdapterAcl @adapter @entry
            }

            """,
            PolicyExporter.Write([vlan], Request).Text);
    }

    [Theory]
    [InlineData("*", "Multicast", "outbound", "Multicast is neither one address nor all")]
    [InlineData("00:1a:2b:00:00:00/24", "*", "inbound", "00:1a:2b:00:00:00/24 is neither one address nor all")]
    [InlineData("02:00:00:00:00:09", "ff:ff:ff:ff:ff:ff", "inbound", "it looks at both ends")]
    [InlineData("*", "02:00:00:00:00:01", "inbound", "it looks at both ends")]
    public void What_an_entry_cannot_say_is_refused(string source, string destination, string way, string reason)
    {
        var refusal = Assert.Throws<MacSegmentationException>(() => PolicyExporter.Write([ExportedLists.Of(PolicyAction.Allow, (source, destination, PolicyAction.Drop))], Request));
        Assert.Equal("PolicyNotExpressible", refusal.ErrorId);
        Assert.Contains($"cannot express the policy with order 10 of VLAN 10 (10: {source} -> {destination} Drop) for {way} frames: {reason}", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\u2019; Stop-Computer; \u2018")]
    [InlineData("'; Stop-Computer; '")]
    public void A_name_does_not_leave_its_quotes(string name)
    {
        string text = PolicyExporter.Write([ExportedLists.Of(PolicyAction.Allow)], Request with { Adapter = Request.Adapter! with { VMName = name, VMNetworkAdapterName = name } }).Text;
        string quoted = string.Concat(name.Select(sign => sign is '\'' or '\u2018' or '\u2019' ? $"{sign}{sign}" : $"{sign}"));
        Assert.Contains($"    VMName = '{quoted}'\n    VMNetworkAdapterName = '{quoted}'\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_adapter_is_given_for_Hyper_V_and_for_nothing_else_and_one_VLAN()
    {
        var vlan = ExportedLists.Of(PolicyAction.Allow);
        Assert.Equal("AdapterNeeded", Assert.Throws<MacSegmentationException>(() => PolicyExporter.Write([vlan], Request with { Adapter = null })).ErrorId);
        Assert.Equal("AdapterNotWanted", Assert.Throws<MacSegmentationException>(() => PolicyExporter.Write([vlan], Request with { Format = PolicyExportFormat.OpenFlow })).ErrorId);
        Assert.Equal("OneVlanNeeded", Assert.Throws<MacSegmentationException>(() => PolicyExporter.Write([vlan, vlan], Request)).ErrorId);
        Assert.Equal("OneVlanNeeded", Assert.Throws<MacSegmentationException>(() => PolicyExporter.Write([vlan, vlan], new PolicyExportRequest { Format = PolicyExportFormat.Nftables, Untagged = true })).ErrorId);
    }

    [Fact]
    public void The_entries_decide_as_the_list_does_or_it_is_refused()
    {
        var address = Gen.Elements("02:00:00:00:00:01", "02:00:00:00:00:02", "02:00:00:00:00:03", "ff:ff:ff:ff:ff:ff").Select(text => MacAddress.Parse(text));
        var simple = Gen.Frequency((3, Gen.Constant(MacPattern.Any)), (5, address.Select(MacPattern.Exactly)));
        var mixed = Gen.Frequency((6, simple), (1, Gen.Elements("Multicast", "Unicast", "02:00:00:00:00:02/47").Select(text => MacPattern.Parse(text))));
        int written = 0, refused = 0;
        Property.Holds(
            from vlan in Gen.OneOf(ExportedLists.Lists(simple, simple, most: 4), ExportedLists.Lists(mixed, Gen.Frequency((2, Gen.Constant(MacPattern.Any)), (1, mixed)), most: 6))
            from direction in Gen.Elements(Enum.GetValues<AclDirection>())
            from others in address.ArrayOf(10)
            from groups in Gen.Elements("02:00:00:00:00:01", "ff:ff:ff:ff:ff:ff", "01:00:5e:00:00:01").Select(text => MacAddress.Parse(text)).ArrayOf(10)
            select (vlan, direction, others, groups),
            given =>
            {
                string text;
                try
                {
                    text = PolicyExporter.Write([given.vlan], Request with { Adapter = Request.Adapter! with { Direction = given.direction } }).Text;
                }
                catch (MacSegmentationException refusal) when (refusal.ErrorId is "PolicyNotExpressible")
                {
                    refused++;
                    return;
                }

                written++;
                foreach (var (other, group) in given.others.Zip(given.groups))
                {
                    Assert.Equal(given.direction is AclDirection.Inbound || ExportedLists.IsAllowed(given.vlan, Own, other), Accepts(text, "Outbound", other));
                    Assert.Equal(given.direction is AclDirection.Outbound || ExportedLists.IsAllowed(given.vlan, other, group), Accepts(text, "Inbound", other));
                }
            },
            count: 2000);
        Assert.True(written > 200 && refused > 200, $"{written} lists were written and {refused} refused.");
    }

    /// <summary>What Hyper-V does: the entry for the address, else that for any, else the frame is allowed.</summary>
    private static bool Accepts(string text, string direction, MacAddress remote)
    {
        var entries = Entry().Matches(text).Select(match => (Remote: match.Groups["remote"].Value, Direction: match.Groups["direction"].Value, Action: match.Groups["action"].Value)).Where(entry => string.Equals(entry.Direction, direction, StringComparison.Ordinal)).ToLookup(entry => entry.Remote, entry => entry.Action, StringComparer.Ordinal);
        Assert.All(entries, same => Assert.Single(same));
        string[] found = [.. entries[$"{remote}".Replace(':', '-')], .. entries["ANY"], "Allow"];
        return found[0] is "Allow";
    }

    [GeneratedRegex(@"^    @\{ RemoteMacAddress = '(?<remote>[^']*)'; Direction = '(?<direction>\w+)'; Action = '(?<action>\w+)' \}", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Entry();
}
