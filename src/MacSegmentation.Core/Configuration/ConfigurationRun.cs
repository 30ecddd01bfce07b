using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.Policies;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.Configuration;

/// <summary>
/// One run that makes a store equal to a document, by the domain's own rules. Everything is taken away before anything is added, because
/// a range, an address, a name or an order may move from one owner to another, and two may change places.
/// </summary>
/// <param name="store">The transaction.</param>
/// <param name="document">The document.</param>
internal sealed partial class ConfigurationRun(IStoreWriter store, MacConfiguration document)
{
    private readonly DocumentPools pools = new(document);
    private readonly List<(DocumentPlace Place, MacPolicy Policy)> newPolicies = [];

    /// <summary>The part of the document that is being worked on, for errors.</summary>
    private DocumentPlace? place;

    /// <summary>Makes the store equal.</summary>
    /// <exception cref="MacSegmentationException">ConfigurationInvalid; the domain's errors with the place in the document in front.</exception>
    public void MakeEqual()
    {
        CheckNames();
        try
        {
            ForEachVlan(vlan => VlanCatalog.ValidateRanges(vlan.Ranges));
            RemoveVlans();
            RemoveGroups();
            RemoveRules();
            ForEachVlan(RemovePolicies);
            PlanAllocations();
            PlanInterfaces();
            RemoveInterfaces();
            ReleaseAddresses();
            ForEachVlan(ShrinkVlan);

            ForEachVlan(CreateOrChangeVlan);
            AddGroups();
            AllocateNamed();
            MakeInterfaces();
            AllocateOthers();
            AddPolicies();
        }
        catch (MacSegmentationException error) when (!error.EndsTransaction && place is not null)
        {
            throw document.Wrong(place.PathOf(error), error.ErrorId, error.Kind, error.Message, error.Target, error);
        }
    }

    private void CheckNames()
    {
        var vlanIds = new Dictionary<int, DocumentPlace>();
        var interfaceNames = new Dictionary<string, DocumentPlace>(StringComparer.OrdinalIgnoreCase);
        var groupNames = new Dictionary<string, DocumentPlace>(StringComparer.OrdinalIgnoreCase);
        ForEachVlan(vlan =>
        {
            RequireFirst(vlanIds, vlan.Id, "id", "VLAN");
            ForEach("interfaces", vlan.Interfaces, record => RequireFirst(interfaceNames, record.Name, "name", "Interface"));
        });
        ForEach("securityGroups", document.SecurityGroups, group => RequireFirst(groupNames, group.Name, "name", "Security group"));
    }

    private void RequireFirst<T>(Dictionary<T, DocumentPlace> first, T name, string member, string noun)
        where T : notnull
    {
        if (!first.TryAdd(name, place!))
        {
            string what = name is string ? $"{noun} '{name}'" : $"{noun} {name}";
            throw document.Wrong(
                $"{place}.{member}",
                "ConfigurationInvalid",
                MacErrorKind.InvalidData,
                $"{what} is in the document twice, first as {first[name]}. Join the two.",
                name);
        }
    }

    private void ForEachVlan(Action<VlanConfiguration> work) => ForEach("vlans", document.Vlans, work);

    /// <summary>Works on each item of a list of the thing that is being worked on, or of the document.</summary>
    private void ForEach<T>(string list, IReadOnlyList<T> items, Action<T> work)
        where T : notnull
    {
        var around = place;
        for (int i = 0; i < items.Count; i++)
        {
            place = new DocumentPlace(around, list, i, items[i]);
            work(items[i]);
        }

        place = around;
    }

    private void RemoveVlans()
    {
        var kept = document.Vlans.Select(vlan => vlan.Id).ToHashSet();
        foreach (var vlan in store.ListVlans().Where(vlan => !kept.Contains(vlan.VlanId)))
        {
            // A document decides about what it can hold, not about devices that have got their addresses by handle.
            bool hasDevices = store.ListAllocations(vlan.VlanId).Any(allocation => allocation.Handle.Length > 0);
            VlanCatalog.Remove(store, vlan.VlanId, force: !hasDevices);
        }
    }

    private void RemovePolicies(VlanConfiguration vlan)
    {
        var existing = store.ListPolicies(vlan.Id).ToDictionary(policy => policy.Order);
        int before = 0;
        ForEach("policies", vlan.Policies, policy =>
        {
            before = policy.Order ?? PolicyList.OrderAfter(vlan.Id, before);
            var wanted = new MacPolicy
            {
                VlanId = vlan.Id,
                Order = before,
                SourceAddress = policy.Source,
                DestinationAddress = policy.Destination,
                Action = policy.Action,
            };
            if (existing.TryGetValue(before, out var held) && held == wanted with { PolicyId = held.PolicyId })
            {
                existing.Remove(before);
            }
            else
            {
                newPolicies.Add((place!, wanted));
            }
        });

        foreach (var superfluous in existing.Values)
        {
            PolicyList.Remove(store, superfluous.PolicyId);
        }
    }

    private void ShrinkVlan(VlanConfiguration vlan)
    {
        if (store.FindVlan(vlan.Id) is { } existing && MacRangeSet.Subtract(existing.Ranges, vlan.Ranges) is { Count: > 0 } removed)
        {
            VlanCatalog.Change(store, vlan.Id, new VlanChange { RemoveRanges = removed });
        }
    }

    private void CreateOrChangeVlan(VlanConfiguration vlan)
    {
        if (store.FindVlan(vlan.Id) is not { } existing)
        {
            VlanCatalog.Create(store, new MacVlan
            {
                VlanId = vlan.Id,
                Name = vlan.Name,
                Ranges = vlan.Ranges,
                DefaultAction = vlan.DefaultAction,
                ReuseDelay = vlan.ReuseDelay,
                ArpResponder = vlan.ArpResponder,
                AdmitsForeignAddresses = vlan.ForeignAddresses,
            });
            return;
        }

        var added = MacRangeSet.Subtract(vlan.Ranges, existing.Ranges);
        bool sameName = string.Equals(vlan.Name, existing.Name, StringComparison.Ordinal);
        if (added.Count > 0
            || !sameName
            || vlan.DefaultAction != existing.DefaultAction
            || vlan.ReuseDelay != existing.ReuseDelay
            || vlan.ArpResponder != existing.ArpResponder
            || vlan.ForeignAddresses != existing.AdmitsForeignAddresses)
        {
            VlanCatalog.Change(store, vlan.Id, new VlanChange
            {
                Name = sameName ? null : vlan.Name,
                DefaultAction = vlan.DefaultAction == existing.DefaultAction ? null : vlan.DefaultAction,
                ReuseDelay = vlan.ReuseDelay == existing.ReuseDelay ? null : vlan.ReuseDelay,
                ArpResponder = vlan.ArpResponder == existing.ArpResponder ? null : vlan.ArpResponder,
                AdmitsForeignAddresses = vlan.ForeignAddresses == existing.AdmitsForeignAddresses ? null : vlan.ForeignAddresses,
                AddRanges = added,
            });
        }
    }

    private void AddPolicies()
    {
        foreach (var (here, policy) in newPolicies)
        {
            place = here;
            PolicyList.Add(store, policy.VlanId, policy.SourceAddress, policy.DestinationAddress, policy.Action, policy.Order);
        }
    }
}
