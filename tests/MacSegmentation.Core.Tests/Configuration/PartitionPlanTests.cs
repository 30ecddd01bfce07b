using System.Text;
using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Partitions;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Stores;
using MacSegmentation.Tags;

namespace MacSegmentation.Configuration;

public sealed class PartitionPlanTests
{
    private const string Web = """{ "name": "web", "tags": ["web"], "policies": [{ "peer": "db", "action": "Allow" }, { "peer": "vlan:10", "protocol": "Tcp", "ports": "80", "action": "Deny" }] }""";
    private readonly InMemoryStore store = new(new ManualTime());

    [Fact]
    public void The_whole_form_is_read()
    {
        var document = Parse("""
            { "vlans": [ { "id": 10, "interfaces": [ { "name": "a", "tags": [ "prod", 42, "42", { "app": "shop", /* which one */ "n": [1.0,], }, [ ] ] } ] } ],
              "partitions": [ { "name": "web", "id": 7, "priority": 300, "match": "Any", "tags": [ { "app": "shop" }, 42 ], "notTags": [ "old" ], "staged": true, "policies": [
                { "peer": "vlan:10", "direction": "Outbound", "etherType": 2048, "protocol": "Tcp", "ports": "443, 80", "action": "Redirect", "to": "probe", "staged": true },
                { "action": "Deny" } ] }, { "name": "plain", "notTags": [ 1 ] } ] }
            """);
        Assert.Equal(["prod", "42", "\"42\"", """{"app":"shop","n":[1]}""", "[]"], document.Vlans[0].Interfaces[0].Tags.Select(tag => tag.ToString()));
        var (web, plain) = (document.Partitions[0], document.Partitions[1]);
        Assert.Equal(("web", 7, 300, PartitionMatch.Any, true), (web.Name, web.Id, web.Priority, web.Match, web.IsStaged));
        Assert.Equal([MacTag.OfJson("""{"app":"shop"}"""), MacTag.OfInteger(42)], web.Tags);
        Assert.Equal([MacTag.OfText("old")], web.NotTags);
        var full = web.Policies[0];
        Assert.Equal((PartitionPeer.OfVlan(10), TrafficDirection.Outbound, 2048, IpProtocol.Tcp, PartitionAction.Redirect), (full.Peer, full.Direction, full.EtherType, full.Protocol, full.Action));
        Assert.Equal(("probe", true), (full.To, full.IsStaged));
        Assert.Equal([new PortRange(443, 443), new(80, 80)], full.Ports);
        Assert.Equal((PartitionPeer.Any, null, null, IpProtocol.Any, 0, null, false), (web.Policies[1].Peer, web.Policies[1].Direction, web.Policies[1].EtherType, web.Policies[1].Protocol, web.Policies[1].Ports.Count, web.Policies[1].To, web.Policies[1].IsStaged));
        Assert.Equal((null, 100, PartitionMatch.All, false), (plain.Id, plain.Priority, plain.Match, plain.IsStaged));
    }

    [Fact]
    public void The_deepest_tag_and_one_after_a_byte_order_mark_are_read()
    {
        string deep = new string('[', 32) + new string(']', 32);
        var document = Parse($$"""{{"\uFEFF"}}{ "vlans": [ { "id": 10, "interfaces": [ { "name": "a", "tags": [ {{deep}}, "\u00e4" ] } ] } ] }""");
        Assert.Equal([deep, "\u00e4"], document.Vlans[0].Interfaces[0].Tags.Select(tag => tag.ToString()));
        Assert.Equal(document.ToJson(), Parse(document.ToJson()).ToJson());
    }

    [Theory]
    [InlineData("true", "true is no tag. Give a text")]
    [InlineData("null", "null is no tag. Give a text")]
    [InlineData("1.5", "1.5 is no tag. Give a text")]
    [InlineData("\"\"", "at least one character")]
    [InlineData("[9007199254740992]", "9007199254740992 cannot be told")]
    [InlineData("{ \"a\": 1, \"a\": 2 }", "each member once")]
    [InlineData("\"\\ud800\"", "not valid Unicode")]
    public void A_tag_that_is_none_is_refused_with_its_place(string tag, string sentence)
    {
        foreach (string before in (string[])["""{ "vlans": [ { "id": 10, "interfaces": [ { "name": "a", "tags": [ 1,""", """{ "vlans": [], "partitions": [ { "name": "a", "notTags": [ 1,"""])
        {
            string closing = before.Contains("partitions", StringComparison.Ordinal) ? "] } ] }" : "] } ] } ] }";
            var error = Assert.Throws<MacSegmentationException>(() => Parse($"{before}\n  {tag}{closing}"));
            Assert.Equal("ConfigurationInvalid", error.ErrorId);
            Assert.StartsWith("lab.json, line 2, column 3, ", error.Message, StringComparison.Ordinal);
            Assert.Contains(before.Contains("partitions", StringComparison.Ordinal) ? "partitions[0].notTags[1]: " : "vlans[0].interfaces[0].tags[1]: ", error.Message, StringComparison.Ordinal);
            Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_equal_stays_untouched()
    {
        Apply($$"""{{Web}}, { "name": "db", "tags": ["db", 1] }, { "name": "gone", "tags": ["x"] }""");
        var before = store.Read(r => r.ListPartitions());
        var changes = Apply($$"""{ "name": "new", "tags": ["n"], "policies": [{ "peer": "web", "action": "Drop" }] }, {{Web}}, { "name": "db", "tags": [1, "db", 1], "priority": 5, "policies": [{ "action": "Deny" }] }""");
        Assert.Equal(
            [
                "RemovePartition gone number 3",
                "ChangePartition db priority 5, with db and 1",
                "CreatePartition new number 4, priority 100, with n",
                "AddPartitionPolicy with web: Drop to partition 'new' as 1",
                "AddPartitionPolicy with *: Deny to partition 'db' as 1",
            ],
            changes.Select(change => $"{change.Action} {change.Subject} {change.Detail}"));
        var web = store.Read(r => PartitionCatalog.Get(r, "web"));
        Assert.Equal(before.Single(partition => partition.Name is "web").Policy.Select(policy => policy.PolicyId), web.Policy.Select(policy => policy.PolicyId));
    }

    [Fact]
    public void Numbers_change_places_and_who_names_none_keeps_what_no_other_names()
    {
        Apply("""{ "name": "a", "id": 1, "tags": [1] }, { "name": "b", "id": 2, "tags": [1] }, { "name": "c", "tags": [1] }""");
        Assert.Equal(["a 1", "b 2", "c 3"], Numbers());
        Apply("""{ "name": "a", "id": 2, "tags": [1] }, { "name": "b", "id": 1, "tags": [1] }, { "name": "c", "tags": [1] }""");
        Assert.Equal(["a 2", "b 1", "c 3"], Numbers());

        // A name that is spelled otherwise keeps its number.
        Apply("""{ "name": "A", "tags": [1] }, { "name": "new", "tags": [1] }, { "name": "C", "tags": [1] }""");
        Assert.Equal(["A 2", "C 3", "new 4"], Numbers());

        // Whoever names a number gets it, also if one that comes before in the document has it, or would get it.
        Apply("""{ "name": "z", "tags": [1] }, { "name": "A", "tags": [1] }, { "name": "x", "id": 2, "tags": [1] }, { "name": "y", "id": 5, "tags": [1] }""");
        Assert.Equal(["A 7", "x 2", "y 5", "z 6"], Numbers());

        IEnumerable<string> Numbers() => store.Read(r => r.ListPartitions()).Select(partition => $"{partition.Name} {partition.Id}");
    }

    [Fact]
    public void A_document_that_names_no_VLAN_and_no_partition_leaves_none()
    {
        Apply($$"""{{Web}}, { "name": "db", "tags": ["db"], "policies": [{ "peer": "web", "action": "Deny" }] }""");
        ConfigurationPlan.Apply(store, Parse("""{ "vlans": [] }"""));
        Assert.Equal((0, 0), store.Read(r => (r.ListPartitions().Count, r.ListVlans().Count)));
    }

    [Fact]
    public void Tags_of_records_are_made_equal()
    {
        Tagged("\"prod\", 42");
        Assert.Equal(["ChangeInterface a tagged {\"a\":[]}, no longer tagged 42"], Tagged("{ \"a\": [] }, \"prod\""));
        Assert.Empty(Tagged("\"prod\", { \"a\" : [ ] }, \"prod\""));
        Assert.Equal(["ChangeInterface a no longer tagged prod and {\"a\":[]}"], Tagged(string.Empty));

        IEnumerable<string> Tagged(string tags) => ConfigurationPlan.Apply(store, Parse($$"""{ "vlans": [{ "id": 10, "ranges": ["02:00:00:00:00:10/44"], "interfaces": [{ "name": "a", "tags": [{{tags}}] }] }] }"""))
            .Where(change => change.Subject is "a").Select(change => $"{change.Action} {change.Subject} {change.Detail}");
    }

    [Theory]
    [InlineData("""{ "name": "Web", "tags": [1] }""", "ConfigurationInvalid", "partitions[2].name")]
    [InlineData("""{ "name": "a*", "tags": [1] }""", "InvalidPartitionName", "partitions[2].name")]
    [InlineData("""{ "name": "vlan:20", "tags": [1] }""", "InvalidPartitionName", "partitions[2].name")]
    [InlineData("""{ "name": "x", "tags": [1], "id": 9 }, { "name": "y", "tags": [1], "id": 9 }""", "ConfigurationInvalid", "partitions[3].id")]
    [InlineData("""{ "name": "x", "tags": [1], "id": 0 }""", "InvalidPartitionId", "partitions[2].id")]
    [InlineData("""{ "name": "x", "tags": [1], "id": 65536 }""", "InvalidPartitionId", "partitions[2].id")]
    [InlineData("""{ "name": "x", "tags": [1], "priority": 65536 }""", "InvalidPartitionPriority", "partitions[2].priority")]
    [InlineData("""{ "name": "x" }""", "PartitionWithoutTags", "partitions[2]")]
    [InlineData("""{ "name": "x", "tags": [1], "policies": [{ "action": "Deny" }, { "peer": "nobody", "action": "Deny" }] }""", "PartitionNotFound", "partitions[2].policies[1].peer")]
    [InlineData("""{ "name": "x", "tags": [1], "policies": [{ "peer": "vlan:20", "action": "Deny" }] }""", "VlanNotFound", "partitions[2].policies[0].peer")]
    [InlineData("""{ "name": "x", "tags": [1], "policies": [{ "etherType": 1, "action": "Deny" }] }""", "InvalidEtherType", "partitions[2].policies[0].etherType")]
    [InlineData("""{ "name": "x", "tags": [1], "policies": [{ "ports": "80", "action": "Deny" }] }""", "PortsNeedTcpOrUdp", "partitions[2].policies[0].ports")]
    [InlineData("""{ "name": "x", "tags": [1], "policies": [{ "protocol": "Tcp", "ports": "81-80", "action": "Deny" }] }""", "ConfigurationInvalid", "partitions[2].policies[0].ports")]
    [InlineData("""{ "name": "x", "tags": [1], "policies": [{ "action": "Mirror" }] }""", "RedirectWithoutPort", "partitions[2].policies[0]")]
    [InlineData("""{ "name": "x", "tags": [1], "policies": [{ "action": "Allow", "to": "eth0" }] }""", "PortWithoutRedirect", "partitions[2].policies[0].to")]
    [InlineData("""{ "name": "x", "tags": [1], "policies": [{ "action": "Deny" }, { "action": "Deny" }] }""", "PartitionPolicyExists", "partitions[2].policies[1]")]
    public void What_the_domain_refuses_is_refused_with_its_place_whatever_the_store_held(string partition, string errorId, string path)
    {
        string document = Document($$"""{{Web}}, { "name": "db", "tags": ["db"] },{{"\n"}}{{partition}}""");
        Try();
        ConfigurationPlan.Apply(store, Parse(Document($$"""{{Web}}, { "name": "db", "tags": ["db"] }, { "name": "nobody", "tags": [1] }, { "name": "x", "tags": [1], "policies": [{ "peer": "vlan:20", "action": "Deny" }, { "peer": "nobody", "action": "Deny" }] }""")
            .Replace("\"vlans\": [", "\"vlans\": [{ \"id\": 20 }, ", StringComparison.Ordinal)));
        Try();

        void Try()
        {
            (string before, long revision) = (Export().ToJson(), store.ReadRevision());
            var error = Assert.Throws<MacSegmentationException>(() => ConfigurationPlan.Apply(store, Parse(document)));
            Assert.Equal(errorId, error.ErrorId);
            Assert.StartsWith("lab.json, line 2, ", error.Message, StringComparison.Ordinal);
            Assert.Contains($", {path}: ", error.Message, StringComparison.Ordinal);
            Assert.Equal((before, revision), (Export().ToJson(), store.ReadRevision()));
        }
    }

    [Fact]
    public void What_holds_for_all_partitions_is_of_the_document_too()
    {
        ConfigurationPlan.Apply(store, Parse("""{ "vlans": [], "partitionSettings": { "conflictResolution": "Strictest", "idReuseDelay": "2d" } }"""));
        Assert.Equal(new PartitionSettings { ConflictResolution = ConflictResolution.Strictest, IdReuseDelay = TimeSpan.FromDays(2) }, store.Read(reader => reader.PartitionSettings));
        string written = Export().ToJson();
        Assert.Contains("\"conflictResolution\": \"Strictest\"", written, StringComparison.Ordinal);

        var error = Assert.Throws<MacSegmentationException>(() => ConfigurationPlan.Apply(store, Parse("""{ "vlans": [], "partitionSettings": { "idReuseDelay": "4000d" } }""")));
        Assert.Equal("InvalidIdReuseDelay", error.ErrorId);
        Assert.Contains("partitionSettings.idReuseDelay: ", error.Message, StringComparison.Ordinal);
        Assert.Equal(written, Export().ToJson());

        // What a document does not name is as in a new store.
        ConfigurationPlan.Apply(store, Parse("""{ "vlans": [] }"""));
        Assert.Equal(new PartitionSettings(), store.Read(reader => reader.PartitionSettings));
        Assert.DoesNotContain("partitionSettings", Export().ToJson(), StringComparison.Ordinal);
    }

    private static string Document(string partitions) => $$"""{ "vlans": [{ "id": 10 }], "partitions": [{{partitions}}] }""";

    private static MacConfiguration Parse(string json) => MacConfiguration.Parse(Encoding.UTF8.GetBytes(json), "lab.json");

    private IReadOnlyList<ConfigurationChange> Apply(string partitions)
    {
        var document = Parse(Document(partitions));
        var preview = ConfigurationPlan.Preview(store, document);
        var changes = ConfigurationPlan.Apply(store, document);
        Assert.Equal(preview, changes);
        long revision = store.ReadRevision();
        Assert.Empty(ConfigurationPlan.Apply(store, document));
        Assert.Empty(ConfigurationPlan.Apply(store, Export()));
        Assert.Equal(revision, store.ReadRevision());

        // What is exported makes another store equal.
        var other = new InMemoryStore(new ManualTime());
        ConfigurationPlan.Apply(other, Export());
        Assert.Equal(Export().ToJson(), other.Read(StoreConfiguration.Read).ToJson());
        return changes;
    }

    private MacConfiguration Export() => store.Read(StoreConfiguration.Read);
}
