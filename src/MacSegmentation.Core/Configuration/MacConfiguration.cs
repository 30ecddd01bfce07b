using MacSegmentation.Addressing;
using MacSegmentation.Documents;
using MacSegmentation.Errors;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.NetworkSessions;
using MacSegmentation.Partitions;
using MacSegmentation.Policies;
using MacSegmentation.Pools;
using MacSegmentation.Profiles;
using MacSegmentation.SecurityGroups;
using MacSegmentation.SecurityTriggers;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.Configuration;

/// <summary>
/// The declarative document: every VLAN with its ranges, allocations, policies and interface records, and every security group. What it
/// does not name does not exist in a store that equals it.
/// </summary>
public sealed record MacConfiguration
{
    /// <summary>The VLANs, in any order, each once.</summary>
    public required IReadOnlyList<VlanConfiguration> Vlans { get; init; }

    /// <summary>The security groups, in any order, each once.</summary>
    public IReadOnlyList<SecurityGroupConfiguration> SecurityGroups { get; init; } = [];

    /// <summary>The partitions, in any order, each once.</summary>
    public IReadOnlyList<PartitionConfiguration> Partitions { get; init; } = [];

    /// <summary>What holds for all partitions.</summary>
    public PartitionSettings PartitionSettings { get; init; } = new();

    /// <summary>The security triggers, in any order, each once.</summary>
    public IReadOnlyList<SecurityTriggerConfiguration> SecurityTriggers { get; init; } = [];

    /// <summary>The vNIC profiles, in any order, each once.</summary>
    public IReadOnlyList<MacProfile> Profiles { get; init; } = [];

    /// <summary>The sessions, in any order, each once.</summary>
    public IReadOnlyList<SessionConfiguration> Sessions { get; init; } = [];

    /// <summary>The rules that give instances profiles, in the order in which they are tried.</summary>
    public IReadOnlyList<ProfileRuleConfiguration> ProfileRules { get; init; } = [];

    /// <summary>The instances, in any order, each once.</summary>
    public IReadOnlyList<InstanceConfiguration> Instances { get; init; } = [];

    /// <summary>Where the document was read from, or null if it was made in memory.</summary>
    internal DocumentText? Text { get; init; }

    /// <summary>Its members: a list of each concept that belongs to no other.</summary>
    internal static DocumentObject<MacConfiguration> Document { get; } = new DocumentObject<MacConfiguration>(definition: null, "the document", new() { Vlans = [] })
        .RequiredList("vlans", "The VLANs, in any order, each once.", VlanConfiguration.Document, document => document.Vlans, (document, vlans) => document with { Vlans = vlans })
        .List(
            "securityGroups",
            "The security groups, in any order, each once. Interfaces name those that they are members of.",
            SecurityGroupConfiguration.Document,
            document => document.SecurityGroups,
            (document, groups) => document with { SecurityGroups = groups })
        .List("partitions", "The partitions, in any order, each once.", PartitionConfiguration.Document, document => document.Partitions, (document, partitions) => document with { Partitions = partitions })
        .Optional(
            "partitionSettings",
            "What holds for all partitions.",
            PartitionSettings.Document,
            document => document.PartitionSettings,
            (document, settings) => document with { PartitionSettings = settings })
        .List(
            "securityTriggers",
            "The security triggers, in any order, each once.",
            SecurityTriggerConfiguration.Document,
            document => document.SecurityTriggers,
            (document, triggers) => document with { SecurityTriggers = triggers })
        .List(
            "profiles",
            "The vNIC profiles, in any order, each once. Interfaces name the one that their port has.",
            ProfileConfiguration.Document,
            document => document.Profiles,
            (document, profiles) => document with { Profiles = profiles })
        .List("sessions", "The sessions, in any order, each once.", SessionConfiguration.Document, document => document.Sessions, (document, sessions) => document with { Sessions = sessions })
        .List(
            "profileRules",
            "The rules that give instances profiles, in the order in which they are tried.",
            ProfileRuleConfiguration.Document,
            document => document.ProfileRules,
            (document, rules) => document with { ProfileRules = rules })
        .List(
            "instances",
            "The instances, in any order, each once. Each names an interface of its VLAN.",
            InstanceConfiguration.Document,
            document => document.Instances,
            (document, instances) => document with { Instances = instances })
        .Optional("$schema", "Where this schema is, for editors.", new TextType(), _ => null, (document, _) => document);

    /// <summary>What a document says of a store.</summary>
    internal static MacConfiguration Read(IStoreReader store) => new()
    {
        Vlans = [.. store.ListVlans().Select(vlan => VlanConfiguration.Read(store, vlan))],
        SecurityGroups = [.. store.ListSecurityGroups().Select(SecurityGroupConfiguration.Of)],
        Partitions = [.. store.ListPartitions().Select(PartitionConfiguration.Of)],
        PartitionSettings = store.PartitionSettings,
        SecurityTriggers = [.. store.ListSecurityTriggers().Select(SecurityTriggerConfiguration.Of)],
        Profiles = store.ListProfiles(),
        Sessions = [.. store.ListSessions().Select(SessionConfiguration.Of)],
        ProfileRules = [.. store.ListProfileRules().Select(ProfileRuleConfiguration.Of)],
        Instances = [.. store.ListInstances().Select(InstanceConfiguration.Of)],
    };

    /// <summary>What makes a store equal to the document: the concepts' parts, in the sequence in which they work.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="cursor">Where in the document work is being done.</param>
    internal IReadOnlyList<IDocumentPart> Parts(IStoreWriter store, DocumentCursor cursor)
    {
        var vlans = new DocumentList<VlanConfiguration>(null, "vlans", Vlans, VlanConfiguration.Document);
        var groups = new DocumentList<SecurityGroupConfiguration>(null, "securityGroups", SecurityGroups, SecurityGroupConfiguration.Document);
        var records = vlans.Within((vlan, place) => new VlanItems<InterfaceConfiguration>(vlan.Id, new(place, "interfaces", vlan.Interfaces, InterfaceConfiguration.Document)));
        var allocations = new AllocationPart(
            store,
            cursor,
            new DocumentPools(Vlans),
            vlans.Within((vlan, place) => new VlanItems<AllocationConfiguration>(vlan.Id, new(place, "allocations", vlan.Allocations, AllocationConfiguration.Document))),
            [.. Vlans.SelectMany(vlan => vlan.Interfaces).Select(record => record.MacAddress).OfType<MacAddress>()]);
        return
        [
            new VlanPart(store, cursor, new DocumentList<VlanSettings>(null, "vlans", Vlans, VlanSettings.Document)),
            new SecurityGroupPart(store, cursor, groups, [.. records.SelectMany(list => list.Items.Within(
                (record, place) => new RecordGroups(record.Name, new(place, "securityGroups", record.SecurityGroups))))]),
            allocations,
            new ProfilePart(store, cursor, new DocumentList<MacProfile>(null, "profiles", Profiles, ProfileConfiguration.Document)),
            new InterfacePart(store, cursor, allocations, records),
            new ReservationPart(
                store, cursor, vlans.Within((vlan, place) => new VlanItems<ReservationConfiguration>(vlan.Id, new(place, "reservations", vlan.Reservations, ReservationConfiguration.Document)))),
            new PartitionPart(store, cursor, new DocumentList<PartitionConfiguration>(null, "partitions", Partitions, PartitionConfiguration.Document), PartitionSettings),
            new SecurityTriggerPart(store, cursor, new DocumentList<SecurityTriggerConfiguration>(null, "securityTriggers", SecurityTriggers, SecurityTriggerConfiguration.Document)),
            new SessionPart(
                store,
                cursor,
                new DocumentList<SessionConfiguration>(null, "sessions", Sessions, SessionConfiguration.Document),
                new DocumentList<ProfileRuleConfiguration>(null, "profileRules", ProfileRules, ProfileRuleConfiguration.Document),
                new DocumentList<InstanceConfiguration>(null, "instances", Instances, InstanceConfiguration.Document)),
            new PolicyPart(store, cursor, vlans.Within((vlan, place) => new VlanItems<PolicyConfiguration>(vlan.Id, new(place, "policies", vlan.Policies, PolicyConfiguration.Document)))),
        ];
    }

    /// <summary>Reads a document from JSON. Comments and trailing commas are allowed; unknown members, duplicates and wrong types are not.</summary>
    /// <param name="utf8">The text in UTF-8, with or without a byte order mark.</param>
    /// <param name="sourceName">What to call the text in errors, such as the file's path.</param>
    /// <exception cref="MacSegmentationException">ConfigurationInvalid: with the line, the column and the path of what is wrong.</exception>
    public static MacConfiguration Parse(ReadOnlyMemory<byte> utf8, string sourceName)
    {
        var text = new DocumentText(sourceName, utf8);
        return new DocumentReader(text).ReadDocument(Document, """{ "vlans": [] }""") with { Text = text };
    }

    /// <summary>The document as indented JSON with one line feed at its end, the same on every system.</summary>
    public string ToJson() => DocumentJson.Write(json => Document.Write(json, this));
}
