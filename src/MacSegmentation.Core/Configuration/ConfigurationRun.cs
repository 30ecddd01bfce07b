using MacSegmentation.Addressing;
using MacSegmentation.Documents;
using MacSegmentation.Errors;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Policies;
using MacSegmentation.Pools;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.Configuration;

/// <summary>One run that makes a store equal to a document, by the domain's own rules: the concepts' parts, and in which sequence they work.</summary>
internal sealed class ConfigurationRun
{
    private readonly DocumentCursor cursor;
    private readonly IReadOnlyList<IDocumentPart> parts;

    /// <summary>Prepares a run.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="document">The document.</param>
    /// <param name="report">Gets how far the run has come, or null.</param>
    /// <param name="cancellation">Ends the run between two things of the document.</param>
    public ConfigurationRun(IStoreWriter store, MacConfiguration document, Action<ConfigurationProgress>? report, CancellationToken cancellation)
    {
        long total = document.Vlans.Sum(vlan => (long)vlan.Allocations.Count + vlan.Interfaces.Count + vlan.Policies.Count);
        cursor = new DocumentCursor(document.Text, cancellation) { Report = report is null ? null : done => report(new ConfigurationProgress(done, total)) };
        var vlans = new DocumentList<VlanConfiguration>(null, "vlans", document.Vlans, VlanConfiguration.Document);
        var groups = new DocumentList<SecurityGroupConfiguration>(null, "securityGroups", document.SecurityGroups, SecurityGroupConfiguration.Document);
        var records = vlans.Within((vlan, place) => new VlanItems<InterfaceConfiguration>(vlan.Id, new(place, "interfaces", vlan.Interfaces, InterfaceConfiguration.Document)));
        var allocations = new AllocationPart(
            store,
            cursor,
            new DocumentPools(document.Vlans),
            vlans.Within((vlan, place) => new VlanItems<AllocationConfiguration>(vlan.Id, new(place, "allocations", vlan.Allocations, AllocationConfiguration.Document))),
            [.. document.Vlans.SelectMany(vlan => vlan.Interfaces).Select(record => record.MacAddress).OfType<MacAddress>()]);
        parts =
        [
            new VlanPart(store, cursor, new DocumentList<VlanSettings>(null, "vlans", document.Vlans, VlanSettings.Document)),
            new SecurityGroupPart(store, cursor, groups, [.. records.SelectMany(list => list.Items.Within(
                (record, place) => new RecordGroups(record.Name, new(place, "securityGroups", record.SecurityGroups))))]),
            allocations,
            new InterfacePart(store, cursor, allocations, records),
            new PolicyPart(store, cursor, vlans.Within((vlan, place) => new VlanItems<PolicyConfiguration>(vlan.Id, new(place, "policies", vlan.Policies, PolicyConfiguration.Document)))),
        ];
    }

    /// <summary>Makes the store equal.</summary>
    /// <exception cref="MacSegmentationException">ConfigurationInvalid; the domain's errors with the place in the document in front.</exception>
    public void MakeEqual()
    {
        ForEach(parts, part => part.Check());
        try
        {
            ForEach(parts, part => part.Clear());
            ForEach(parts.Reverse(), part => part.Release());
            ForEach(parts, part => part.Make());
            ForEach(parts, part => part.Complete());
        }
        catch (MacSegmentationException error) when (!error.EndsTransaction && cursor.Place is not null)
        {
            throw cursor.Located(error);
        }
    }

    private static void ForEach(IEnumerable<IDocumentPart> parts, Action<IDocumentPart> work)
    {
        foreach (var part in parts)
        {
            work(part);
        }
    }
}
