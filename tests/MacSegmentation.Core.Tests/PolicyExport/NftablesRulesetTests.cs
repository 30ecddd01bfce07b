using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.Policies;
using MacSegmentation.Verdicts;

namespace MacSegmentation.PolicyExport;

public sealed class NftablesRulesetTests
{
    private static readonly PolicyExportRequest Request = new() { Format = PolicyExportFormat.Nftables };

    [Fact]
    public void Neighbours_that_look_at_the_same_bits_are_one_verdict_map()
    {
        var vlan = ExportedLists.Of(
            PolicyAction.Drop,
            ("02:00:00:00:00:01", "02:00:00:00:00:02", PolicyAction.Allow),
            ("02:00:00:00:00:03", "02:00:00:00:00:02", PolicyAction.Drop),
            ("02:00:00:00:00:01", "02:00:00:00:00:02", PolicyAction.Drop),
            ("00:1a:2b:00:00:00/24", "*", PolicyAction.Allow),
            ("00:1a:2c:00:00:00/24", "*", PolicyAction.Drop),
            ("*", "Multicast", PolicyAction.Allow),
            ("00:1a:2b:00:00:00/24", "00:1a:2d:00:00:00/24", PolicyAction.Allow),
            ("*", "*", PolicyAction.Allow));
        var export = PolicyExporter.Write([vlan], Request);
        Assert.Empty(export.Limits);
        Assert.Equal(
            """
            #!/usr/sbin/nft -f
            # MAC policies for the Linux bridge. Load them with: nft -f FILE. They take the place of an earlier export in one step.
            # Judged are frames that a bridge forwards, in the VLANs below; other frames pass.
            # A VLAN is told by its 802.1Q tag: a bridge that takes tags off for an access port forwards frames without one, which pass.
            table bridge macseg
            delete table bridge macseg
            table bridge macseg {
            	# VLAN 10 'cameras', default action Drop
            	chain vlan_10 {
            		ether saddr . ether daddr vmap {
            			02:00:00:00:00:01 . 02:00:00:00:00:02 : accept, # 10: 02:00:00:00:00:01 -> 02:00:00:00:00:02 Allow
            			02:00:00:00:00:03 . 02:00:00:00:00:02 : drop, # 20: 02:00:00:00:00:03 -> 02:00:00:00:00:02 Drop
            			# never decides: 30: 02:00:00:00:00:01 -> 02:00:00:00:00:02 Drop
            		}
            		ether saddr & ff:ff:ff:00:00:00 vmap {
            			00:1a:2b:00:00:00 : accept, # 40: 00:1a:2b:00:00:00/24 -> * Allow
            			00:1a:2c:00:00:00 : drop, # 50: 00:1a:2c:00:00:00/24 -> * Drop
            		}
            		ether daddr & 01:00:00:00:00:00 == 01:00:00:00:00:00 accept # 60: * -> Multicast Allow
            		ether saddr & ff:ff:ff:00:00:00 == 00:1a:2b:00:00:00 ether daddr & ff:ff:ff:00:00:00 == 00:1a:2d:00:00:00 accept # 70: 00:1a:2b:00:00:00/24 -> 00:1a:2d:00:00:00/24 Allow
            		accept # 80: * -> * Allow
            		drop
            	}
            	chain forward {
            		type filter hook forward priority filter; policy accept;
            		vlan id vmap { 10 : jump vlan_10 }
            	}
            }

            """,
            export.Text);
    }

    [Fact]
    public void An_untagged_VLAN_has_frames_without_a_tag_and_with_a_priority_only()
    {
        var export = PolicyExporter.Write([ExportedLists.Of(PolicyAction.Deny)], Request with { Untagged = true });
        Assert.Contains("\t\tvlan id vmap { 0 : jump vlan_10, 10 : jump vlan_10 }\n\t\tether type != { 8021q, 8021ad, 0x9100, 0x9200 } jump vlan_10\n", export.Text, StringComparison.Ordinal);
        string limit = Assert.Single(export.Limits);
        Assert.Contains($"# NOT EXPRESSED: {limit}\n", export.Text, StringComparison.Ordinal);
        Assert.Contains("Deny and Drop are the same there", limit, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_VLAN_has_a_chain() => Assert.Contains(
        "vlan id vmap { 10 : jump vlan_10, 20 : jump vlan_20 }",
        PolicyExporter.Write([ExportedLists.Of(PolicyAction.Allow), new(string.Empty, new VlanPolicies(20, PolicyAction.Allow, []))], Request).Text,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("a\nflush ruleset")]
    [InlineData("a\r\u2028\u2029\u0085\vflush ruleset")]
    public void A_name_does_not_leave_its_comment(string name)
    {
        var vlan = ExportedLists.Of(PolicyAction.Allow) with { Name = name };
        string text = PolicyExporter.Write([vlan], Request).Text;
        Assert.Single(text.Split('\n', '\r', '\u2028', '\u2029', '\u0085', '\v'), line => line.Contains("flush ruleset", StringComparison.Ordinal) && line.TrimStart().StartsWith('#'));
        Assert.DoesNotContain("flush", string.Join('\n', ExportedLists.Statements(text)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_ruleset_decides_as_the_list_does() => Property.Holds(
        from vlan in ExportedLists.Any
        from frames in ExportedLists.Frames
        from untagged in Gen.Elements(false, true)
        select (vlan, frames, untagged),
        given =>
        {
            var ruleset = new Ruleset(PolicyExporter.Write([given.vlan], Request with { Untagged = given.untagged }).Text);
            foreach (var (source, destination) in given.frames)
            {
                bool expected = ExportedLists.IsAllowed(given.vlan, source, destination);
                Assert.Equal(expected, ruleset.Accepts(ExportedLists.Vlan, source, destination));
                Assert.True(ruleset.Accepts(11, source, destination));
                Assert.Equal(!given.untagged || expected, ruleset.Accepts(tag: null, source, destination));
            }
        },
        count: 1000);

    /// <summary>Reads the part of nft's language that is written, and walks it rule by rule.</summary>
    private sealed class Ruleset
    {
        private readonly Dictionary<string, List<string>> chains = new(StringComparer.Ordinal);

        public Ruleset(string text)
        {
            string[] lines = ExportedLists.Statements(text);
            Assert.Equal(["table bridge macseg", "delete table bridge macseg", "table bridge macseg {"], lines[..3]);
            List<string>? chain = null;
            for (int i = 3; i < lines.Length - 1; i++)
            {
                if (lines[i].StartsWith("chain ", StringComparison.Ordinal))
                {
                    chain = chains[lines[i].Split(' ')[1]] = [];
                }
                else if (lines[i].EndsWith("vmap {", StringComparison.Ordinal))
                {
                    int end = Array.IndexOf(lines, "}", i);
                    chain!.Add(string.Join(' ', lines[i..(end + 1)]));
                    i = end;
                }
                else if (lines[i] is not "}")
                {
                    chain!.Add(lines[i]);
                }
            }
        }

        public bool Accepts(int? tag, MacAddress source, MacAddress destination)
        {
            var forward = chains["forward"];
            Assert.Equal("type filter hook forward priority filter; policy accept;", forward[0]);
            foreach (string rule in forward.Skip(1))
            {
                string? target = rule.StartsWith("vlan id vmap { ", StringComparison.Ordinal)
                    ? rule["vlan id vmap { ".Length..^2].Split(", ").Select(element => element.Split(" : jump ")).FirstOrDefault(element => string.Equals(element[0], $"{tag}", StringComparison.Ordinal))?[1]
                    : tag is null ? rule[(rule.IndexOf("jump ", StringComparison.Ordinal) + 5)..] : null;
                if (target is not null)
                {
                    return chains[target].Select(line => Verdict(line, source.Value, destination.Value)).First(verdict => verdict is not null) is "accept";
                }
            }

            return true;
        }

        private static string? Verdict(string rule, ulong source, ulong destination)
        {
            ulong Field(string[] words, int at) => (words[at] is "saddr" ? source : destination) & (words.ElementAtOrDefault(at + 1) is "&" ? MacAddress.Parse(words[at + 2]).Value : ulong.MaxValue);
            if (rule.Split(" vmap { ") is [var key, var elements])
            {
                string looked = string.Join(" . ", key.Split(" . ").Select(field => $"{new MacAddress(Field(field.Split(' '), 1))}"));
                string[] verdicts = [.. elements[..^1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(element => element.Split(" : ")).Where(element => string.Equals(element[0], looked, StringComparison.Ordinal)).Select(element => element[1])];
                Assert.InRange(verdicts.Length, 0, 1);
                return verdicts.SingleOrDefault();
            }

            string[] all = rule.Split(' ');
            int next = 0;
            while (all[next] is "ether")
            {
                int equals = Array.IndexOf(all, "==", next);
                if (Field(all, next + 1) != MacAddress.Parse(all[equals + 1]).Value)
                {
                    return null;
                }

                next = equals + 2;
            }

            return all[next];
        }
    }
}
