using System.Collections;
using System.Net;
using System.Text;
using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.Handles;
using MacSegmentation.Stores;
using MacSegmentation.Tags;
using MacSegmentation.Vlans;

namespace MacSegmentation.Configuration;

public sealed class ConfigurationPlanTests
{
    private readonly ManualTime time = new();
    private readonly InMemoryStore store;

    public ConfigurationPlanTests() => store = new InMemoryStore(time);

    [Fact]
    public void Any_document_makes_any_store_equal_to_it() => Property.Holds(DocumentGenerator.Explicit.Two(), pair =>
    {
        ConfigurationPlan.Apply(store, pair.Item1);
        ConfigurationPlan.Apply(store, pair.Item2);
        Assert.Equal(Ordered(pair.Item2).ToJson(), Export().ToJson());
    });

    [Fact]
    public void Open_addresses_and_orders_are_chosen_once_and_then_stay() => Property.Holds(DocumentGenerator.Any.Two(), pair =>
    {
        ConfigurationPlan.Apply(store, pair.Item1);
        ConfigurationPlan.Apply(store, pair.Item2);
        var chosen = Export();
        foreach (var vlan in pair.Item2.Vlans)
        {
            var got = chosen.Vlans.Single(other => other.Id == vlan.Id);
            Assert.Equal(vlan.Allocations.Select(a => a.InstanceId).Order(StringComparer.Ordinal), got.Allocations.Select(a => a.InstanceId).Order(StringComparer.Ordinal));
            Assert.Empty(vlan.Allocations.Where(a => a.MacAddress is not null).Except(got.Allocations));
            Assert.Equal(vlan.Policies.Select((policy, i) => policy with { Order = 10 * (i + 1) }), got.Policies);
            Assert.All(vlan.Interfaces, record =>
            {
                var made = got.Interfaces.Single(other => string.Equals(other.Name, record.Name, StringComparison.Ordinal));
                Assert.Equal(record.MacAddress ?? made.MacAddress, made.MacAddress);
            });
            Assert.Equal(vlan.Interfaces.Count, got.Interfaces.Count);
        }

        long revision = store.ReadRevision();
        Assert.Empty(ConfigurationPlan.Apply(store, pair.Item2));
        Assert.Empty(ConfigurationPlan.Apply(store, chosen));
        Assert.Equal(revision, store.ReadRevision());
    });

    [Theory]
    [InlineData(1, "the handle 'urn:uuid:00000000-0000-4000-8000-000000000000' holds an address")]
    [InlineData(3, "and 2 other handles hold addresses")]
    public void A_VLAN_of_devices_that_the_document_leaves_out_is_told_with_the_handle(int devices, string expected)
    {
        store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:00:00:00:00:00/40")] }));
        for (int device = 0; device < devices; device++)
        {
            store.Write(writer => HandleRegistry.Request(
                writer, new HandleRequest { Handle = DeviceHandle.Parse($"urn:uuid:00000000-0000-4000-8000-00000000000{device}"), VlanId = 10 }));
        }

        var error = Assert.Throws<MacSegmentationException>(() => ConfigurationPlan.Apply(store, new MacConfiguration { Vlans = [] }));
        Assert.Equal(("VlanInUse", MacErrorKind.InUse), (error.ErrorId, error.Kind));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("Get-MacHandle -VlanId 10 | Revoke-MacHandle", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("-Force", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_told_to_stop_ends_between_two_things_of_the_document()
    {
        using var stopping = new CancellationTokenSource();
        int met = 0;
        var vlans = Enumerable.Range(1, 1000).Select(id => new VlanConfiguration { Id = id }).ToList();
        var document = new MacConfiguration
        {
            Vlans = new StoppingList<VlanConfiguration>(vlans, () =>
            {
                if (++met == 1500)
                {
                    stopping.Cancel();
                }
            }),
        };
        Assert.ThrowsAny<OperationCanceledException>(() => ConfigurationPlan.ApplyStoppable(store, document, stopping.Token));
        Assert.Equal(1500, met);
        Assert.Equal(0, store.ReadRevision());
    }

    [Fact]
    public void A_preview_tells_what_is_then_done_and_does_nothing() => Property.Holds(DocumentGenerator.Any.Two(), pair =>
    {
        ConfigurationPlan.Apply(store, pair.Item1);
        (string before, long revision) = (Export().ToJson(), store.ReadRevision());
        var preview = ConfigurationPlan.Preview(store, pair.Item2);
        Assert.Equal((before, revision), (Export().ToJson(), store.ReadRevision()));
        Assert.Equal(preview, ConfigurationPlan.Apply(store, pair.Item2));
        Assert.Equal(revision + (preview.Count > 0 ? 1 : 0), store.ReadRevision());
    });

    [Fact]
    public void What_a_store_would_lose_is_told_and_left_alone_until_somebody_accepts_it() => Property.Holds(DocumentGenerator.Any.Two(), pair =>
    {
        ConfigurationPlan.Apply(store, pair.Item1);
        (string before, long revision) = (Export().ToJson(), store.ReadRevision());
        var planned = ConfigurationPlan.Preview(store, pair.Item2);
        var count = planned.CountBy(change => change.Action).ToDictionary(kind => kind.Key, kind => (long)kind.Value);
        var reported = new List<ConfigurationProgress>();
        var outcome = ConfigurationPlan.ApplyUnlessLoss(store, pair.Item2, acceptsLoss: false, reported.Add, CancellationToken.None);
        Assert.Equal(count, outcome.Count);
        Assert.Equal(!planned.Any(change => ConfigurationChange.IsLoss(change.Action)), outcome.IsApplied);
        if (!outcome.IsApplied)
        {
            Assert.Equal((before, revision), (Export().ToJson(), store.ReadRevision()));
            outcome = ConfigurationPlan.ApplyUnlessLoss(store, pair.Item2, acceptsLoss: true, report: null, CancellationToken.None);
        }

        // The changes stand in the audit, and nowhere else.
        var page = store.Read(reader => reader.ListAuditEvents(new Auditing.AuditQuery { After = outcome.AfterAuditId, Oldest = int.MaxValue }));
        Assert.Equal(planned, page.Where(entry => entry.AuditId <= outcome.LastAuditId).Select(ConfigurationChange.Of));
        Assert.All(reported, progress => Assert.InRange(progress.Done, 0, progress.Total));
        Assert.Equal(reported.Select(progress => progress.Done).Order(), reported.Select(progress => progress.Done));
    });

    [Fact]
    public void How_far_it_has_come_is_reported_up_to_the_whole_document()
    {
        const int allocations = 5_000;
        string list = string.Join(',', Enumerable.Range(0, allocations).Select(i => $$"""{ "instanceId": "vm-{{i}}", "macAddress": "02000000{{i:x4}}" }"""));
        var document = Parse($$"""{ "id": 10, "ranges": ["02:00:00:00:00:00/24"], "allocations": [{{list}}] }""");
        var reported = new List<ConfigurationProgress>();
        ConfigurationPlan.ApplyUnlessLoss(store, document, acceptsLoss: false, reported.Add, CancellationToken.None);
        Assert.All(reported, progress => Assert.Equal(allocations, progress.Total));
        Assert.True(reported.DistinctBy(progress => progress.Done).Count() > 3, "It is reported now and then.");
        Assert.InRange(reported[^1].Done, allocations - 1_024, allocations);

        // What the store has already is done at once.
        reported.Clear();
        ConfigurationPlan.ApplyUnlessLoss(store, document, acceptsLoss: false, reported.Add, CancellationToken.None);
        Assert.Equal(allocations, reported[^1].Done);
    }

    [Fact]
    public void A_small_change_is_a_small_plan()
    {
        Apply("""{ "id": 10, "ranges": ["02:00:00:00:00:00/40"], "allocations": [{ "instanceId": "a" }, { "instanceId": "b" }], "policies": [{ "source": "*", "destination": "*", "action": "Deny" }] }""");
        var changes = Apply("""{ "id": 10, "ranges": ["02:00:00:00:00:00/41"], "allocations": [{ "instanceId": "b" }, { "instanceId": "c", "macAddress": "02:00:00:00:00:00" }], "policies": [{ "source": "*", "destination": "*", "action": "Drop" }] }""");
        Assert.Equal(
            [
                "RemovePolicy 10: * -> * Deny",
                "ReleaseAddress 02:00:00:00:00:00 from 'a'",
                "ChangeVlan VLAN 10 without 02:00:00:00:00:80-02:00:00:00:00:ff",
                "AllocateAddress 02:00:00:00:00:00 to 'c'",
                "AddPolicy 10: * -> * Drop",
            ],
            changes.Select(change => $"{change.Action} {change.Subject} {change.Detail}".Trim()));
    }

    [Fact]
    public void A_named_address_may_still_rest()
    {
        Apply("""{ "id": 10, "ranges": ["02:00:00:00:00:01"], "reuseDelay": "01:00:00", "allocations": [{ "instanceId": "a" }] }""");
        Assert.Equal("PoolExhausted", Fails("""{ "id": 10, "ranges": ["02:00:00:00:00:01"], "reuseDelay": "01:00:00", "allocations": [{ "instanceId": "b" }] }""").ErrorId);
        Apply("""{ "id": 10, "ranges": ["02:00:00:00:00:01"], "reuseDelay": "01:00:00", "allocations": [{ "instanceId": "b", "macAddress": "02:00:00:00:00:01" }] }""");
    }

    [Theory]
    [InlineData("""{ "id": 4095, "ranges": [] }""", "InvalidVlanId", "vlans[1].id", "VLAN 4095")]
    [InlineData("""{ "id": 10, "ranges": [] }""", "ConfigurationInvalid", "vlans[1].id", "VLAN 10 is in the document twice, first as vlans[0].")]
    [InlineData("""{ "id": 20, "name": "a\tb", "ranges": [] }""", "InvalidVlanName", "vlans[1].name", "")]
    [InlineData("""{ "id": 20, "ranges": [], "reuseDelay": "9999.00:00:00" }""", "InvalidReuseDelay", "vlans[1].reuseDelay", "")]
    [InlineData("""{ "id": 20, "ranges": ["02:00:00:00:01:00", "02:00:00:00:00:80"] }""", "RangeOverlap", "vlans[1].ranges[1]", "of VLAN 10")]
    [InlineData("""{ "id": 20, "ranges": ["02:00:00:00:01:00", "02:00:00:00:01:00"] }""", "RangeOverlap", "vlans[1].ranges[1]", "given with it")]
    [InlineData("""{ "id": 20, "ranges": ["02:00:00:00:01:00", "01:00:00:00:01:00"] }""", "GroupAddressInRange", "vlans[1].ranges[1]", "")]
    [InlineData("""{ "id": 20, "ranges": ["00:00:00:00:00:00"] }""", "ZeroAddressInRange", "vlans[1].ranges[0]", "")]
    [InlineData("""{ "id": 20, "ranges": [], "allocations": [{ "instanceId": "" }] }""", "InvalidInstanceId", "vlans[1].allocations[0].instanceId", "")]
    [InlineData("""{ "id": 20, "ranges": [], "allocations": [{ "instanceId": "a" }] }""", "PoolExhausted", "vlans[1].allocations[0]", "")]
    [InlineData("""{ "id": 20, "ranges": [], "allocations": [{ "instanceId": "a", "macAddress": "02:00:00:00:00:01" }] }""", "AddressNotInPool", "vlans[1].allocations[0].macAddress", "it belongs to VLAN 10")]
    [InlineData("""{ "id": 20, "ranges": ["02:00:00:00:01:00/47"], "allocations": [{ "instanceId": "a", "macAddress": "02:00:00:00:01:00" }, { "instanceId": "a", "macAddress": "02:00:00:00:01:00" }] }""", "AddressAllocated", "vlans[1].allocations[1].macAddress", "")]
    [InlineData("""{ "id": 20, "ranges": [], "policies": [{ "order": 0, "source": "*", "destination": "*", "action": "Deny" }] }""", "InvalidPolicyOrder", "vlans[1].policies[0].order", "")]
    [InlineData("""{ "id": 20, "ranges": [], "policies": [{ "source": "*", "destination": "*", "action": "Deny" }, { "source": "*", "destination": "*", "action": "Deny" }] }""", "PolicyExists", "vlans[1].policies[1]", "")]
    [InlineData("""{ "id": 20, "ranges": [], "policies": [{ "source": "*", "destination": "*", "action": "Deny" }, { "order": 10, "source": "*", "destination": "*", "action": "Drop" }] }""", "PolicyOrderTaken", "vlans[1].policies[1].order", "")]
    [InlineData("""{ "id": 20, "ranges": [], "policies": [{ "order": 2147483647, "source": "*", "destination": "*", "action": "Deny" }, { "source": "*", "destination": "*", "action": "Drop" }] }""", "PolicyListFull", "vlans[1].policies[1]", "")]
    public void What_the_domain_refuses_is_refused_with_its_place_whatever_the_store_held(string vlan, string errorId, string path, string words)
    {
        const string Other = """{ "id": 10, "ranges": ["02:00:00:00:00:00/40"] }""";
        ForStore();
        Apply("""{ "id": 10, "ranges": ["02:00:00:00:00:00/40"], "allocations": [{ "instanceId": "x" }] }, { "id": 20, "ranges": ["02:00:00:00:01:00"], "policies": [{ "source": "*", "destination": "*", "action": "Deny" }] }""");
        ForStore();

        void ForStore()
        {
            (string before, long revision) = (Export().ToJson(), store.ReadRevision());
            var error = Fails($"{Other},\n{vlan}");
            Assert.Equal(errorId, error.ErrorId);
            Assert.StartsWith("lab.json, line 2, column ", error.Message, StringComparison.Ordinal);
            Assert.Contains($", {path}: ", error.Message, StringComparison.Ordinal);
            Assert.Contains(words, error.Message, StringComparison.Ordinal);
            Assert.Equal((before, revision), (Export().ToJson(), store.ReadRevision()));
            Assert.Equal(error.Message, Assert.Throws<MacSegmentationException>(() => ConfigurationPlan.Preview(store, Parse($"{Other},\n{vlan}"))).Message);
        }
    }

    [Theory]
    [InlineData("""{ "vlans": [{ "id": 10 }], "sessions": [{ "name": "a", "vlan": 10, "defaultProfile": "" }] }""", "sessions[0].defaultProfile")]
    [InlineData("""{ "vlans": [], "profileRules": [{ "useProfile": "a", "matchName": "" }] }""", "profileRules[0].matchName")]
    [InlineData("""{ "vlans": [{ "id": 10, "interfaces": [{ "name": "a", "profile": "" }] }] }""", "vlans[0].interfaces[0].profile")]
    public void An_empty_text_where_the_schema_has_none_is_refused(string document, string path)
    {
        var error = Assert.Throws<MacSegmentationException>(() => MacConfiguration.Parse(Encoding.UTF8.GetBytes(document), "lab.json"));
        Assert.Equal("ConfigurationInvalid", error.ErrorId);
        Assert.Contains($", {path}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("Leave it out", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_made_in_memory_is_refused_with_its_path()
    {
        var document = new MacConfiguration { Vlans = [new VlanConfiguration { Id = 0, Ranges = [] }] };
        Assert.StartsWith("vlans[0].id: VLAN 0 is not", Assert.Throws<MacSegmentationException>(() => ConfigurationPlan.Apply(store, document)).Message, StringComparison.Ordinal);
    }

    private static MacConfiguration Parse(string vlans) => MacConfiguration.Parse(Encoding.UTF8.GetBytes($"{{ \"vlans\": [{vlans}] }}"), "lab.json");

    private static MacConfiguration Ordered(MacConfiguration document) => new()
    {
        SecurityGroups = [.. document.SecurityGroups.OrderBy(group => group.Name, StringComparer.OrdinalIgnoreCase).Select(group => group with
        {
            Rules = [.. group.Rules.OrderBy(rule => GroupGenerator.Describe(rule), StringComparer.Ordinal)],
        })],
        Partitions = [.. document.Partitions.OrderBy(partition => partition.Name, StringComparer.OrdinalIgnoreCase).Select(partition => partition with
        {
            Tags = MacTags.Normalize(partition.Tags, string.Empty),
            NotTags = MacTags.Normalize(partition.NotTags, string.Empty),
        })],
        PartitionSettings = document.PartitionSettings,
        SecurityTriggers = [.. document.SecurityTriggers.OrderBy(trigger => trigger.Name, StringComparer.OrdinalIgnoreCase).Select(trigger => trigger with { RemoveTags = MacTags.Normalize(trigger.RemoveTags, string.Empty) })],
        Profiles = [.. document.Profiles.OrderBy(profile => profile.Name, StringComparer.OrdinalIgnoreCase)],
        Sessions = [.. document.Sessions.OrderBy(session => session.Name, StringComparer.OrdinalIgnoreCase)],
        ProfileRules = [.. document.ProfileRules.Select(rule => rule with { MatchTags = MacTags.Normalize(rule.MatchTags, string.Empty) })],
        Instances = [.. document.Instances.OrderBy(instance => instance.Name, StringComparer.OrdinalIgnoreCase)],
        Vlans = [.. document.Vlans.OrderBy(vlan => vlan.Id).Select(vlan => vlan with
        {
            Ranges = MacRangeSet.Join(vlan.Ranges),
            Allocations = [.. vlan.Allocations.OrderBy(allocation => allocation.MacAddress)],
            Policies = [.. vlan.Policies.OrderBy(policy => policy.Order)],
            Interfaces = [.. vlan.Interfaces.OrderBy(record => record.Name, StringComparer.OrdinalIgnoreCase).Select(record => record with
            {
                Tags = MacTags.Normalize(record.Tags, string.Empty),
                AddressPairs = [.. record.AddressPairs.OrderBy(pair => IpNumber.From(IPAddress.Parse(pair.IPAddress))).ThenBy(pair => pair.MacAddress ?? record.MacAddress)],
                SecurityGroups = [.. record.SecurityGroups.Order(StringComparer.OrdinalIgnoreCase)],
            })],
        })],
    };

    private IReadOnlyList<ConfigurationChange> Apply(string vlans) => ConfigurationPlan.Apply(store, Parse(vlans));

    private MacSegmentationException Fails(string vlans) => Assert.Throws<MacSegmentationException>(() => Apply(vlans));

    private MacConfiguration Export() => store.Read(StoreConfiguration.Read);

    /// <summary>A list that tells of each look at an item.</summary>
    private sealed class StoppingList<T>(List<T> items, Action look) : IReadOnlyList<T>
    {
        public int Count => items.Count;

        public T this[int index]
        {
            get
            {
                look();
                return items[index];
            }
        }

        public IEnumerator<T> GetEnumerator() => items.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
