using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.Policies;
using MacSegmentation.Pools;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.Configuration;

/// <summary>
/// One run that makes a store equal to a document, by the domain's own rules. Everything is taken away before anything is added, because
/// a range, an address or an order may move from one owner to another, and two may change places.
/// </summary>
/// <param name="store">The transaction.</param>
/// <param name="document">The document.</param>
internal sealed class ConfigurationRun(IStoreWriter store, MacConfiguration document)
{
    private readonly List<(DocumentPlace Place, MacPolicy Policy)> newPolicies = [];
    private readonly List<(DocumentPlace Place, int VlanId, string InstanceId, MacAddress? Address)> newAllocations = [];

    /// <summary>The part of the document that is being worked on, for errors.</summary>
    private DocumentPlace place;

    /// <summary>Makes the store equal.</summary>
    /// <exception cref="MacSegmentationException">ConfigurationInvalid; the domain's errors with the place in the document in front.</exception>
    public void MakeEqual()
    {
        CheckIds();
        try
        {
            ForEachVlan(vlan => VlanCatalog.ValidateRanges(vlan.Ranges));
            RemoveVlans();
            ForEachVlan(RemovePolicies);
            ReleaseAddresses();
            ForEachVlan(ShrinkVlan);
            ForEachVlan(CreateOrChangeVlan);
            Allocate();
            AddPolicies();
        }
        catch (MacSegmentationException error) when (!error.EndsTransaction)
        {
            throw document.Wrong(place.PathOf(error, document), error.ErrorId, error.Kind, error.Message, error.Target, error);
        }
    }

    private void CheckIds()
    {
        var first = new Dictionary<int, int>();
        for (int i = 0; i < document.Vlans.Count; i++)
        {
            if (!first.TryAdd(document.Vlans[i].Id, i))
            {
                int id = document.Vlans[i].Id;
                throw document.Wrong(
                    $"vlans[{i}].id", "ConfigurationInvalid", MacErrorKind.InvalidData, $"VLAN {id} is in the document twice, first as vlans[{first[id]}]. Join the two.", id);
            }
        }
    }

    private void ForEachVlan(Action<VlanConfiguration> work)
    {
        for (int i = 0; i < document.Vlans.Count; i++)
        {
            place = new DocumentPlace(i);
            work(document.Vlans[i]);
        }
    }

    private void RemoveVlans()
    {
        var kept = document.Vlans.Select(vlan => vlan.Id).ToHashSet();
        foreach (var vlan in store.ListVlans().Where(vlan => !kept.Contains(vlan.VlanId)))
        {
            VlanCatalog.Remove(store, vlan.VlanId, force: true);
        }
    }

    private void RemovePolicies(VlanConfiguration vlan)
    {
        var existing = store.ListPolicies(vlan.Id).ToDictionary(policy => policy.Order);
        int before = 0;
        for (int i = 0; i < vlan.Policies.Count; i++)
        {
            place = place with { List = "policies", Item = i };
            before = vlan.Policies[i].Order ?? PolicyList.OrderAfter(vlan.Id, before);
            var wanted = new MacPolicy
            {
                VlanId = vlan.Id,
                Order = before,
                SourceAddress = vlan.Policies[i].Source,
                DestinationAddress = vlan.Policies[i].Destination,
                Action = vlan.Policies[i].Action,
            };
            if (existing.TryGetValue(before, out var held) && held == wanted with { PolicyId = held.PolicyId })
            {
                existing.Remove(before);
            }
            else
            {
                newPolicies.Add((place, wanted));
            }
        }

        foreach (var superfluous in existing.Values)
        {
            PolicyList.Remove(store, superfluous.PolicyId);
        }
    }

    /// <summary>Takes back every address that the document does not leave where it is, and notes what is to be given out.</summary>
    private void ReleaseAddresses()
    {
        var superfluous = store.ListAllocations().ToDictionary(allocation => allocation.MacAddress);
        var choices = new List<(DocumentPlace Place, VlanConfiguration Vlan, string InstanceId)>();
        ForEachVlan(vlan =>
        {
            for (int i = 0; i < vlan.Allocations.Count; i++)
            {
                var here = place with { List = "allocations", Item = i };
                string instanceId = vlan.Allocations[i].InstanceId;
                if (vlan.Allocations[i].MacAddress is not { } address)
                {
                    choices.Add((here, vlan, instanceId));
                }
                else
                {
                    Want(here, vlan, instanceId, address);
                }
            }
        });

        // Only when every address that the document names is spoken for can the others keep what is left to them. An instance is the same
        // in any case, but where two spellings are about, each keeps its own first.
        var spokenFor = newAllocations.Select(wanted => wanted.Address).ToHashSet();
        foreach (var spelling in new[] { StringComparer.Ordinal, StringComparer.OrdinalIgnoreCase })
        {
            var held = superfluous.Values.OrderBy(allocation => allocation.MacAddress).ToLookup(allocation => allocation.InstanceId, spelling);
            choices.RemoveAll(choice =>
            {
                var kept = held[choice.InstanceId].FirstOrDefault(allocation =>
                    allocation.VlanId == choice.Vlan.Id && IsInPool(choice.Vlan, allocation.MacAddress) && spokenFor.Add(allocation.MacAddress));
                if (kept is not null)
                {
                    Want(choice.Place, choice.Vlan, choice.InstanceId, kept.MacAddress);
                }

                return kept is not null;
            });
        }

        newAllocations.AddRange(choices.Select(choice => (choice.Place, choice.Vlan.Id, choice.InstanceId, (MacAddress?)null)));
        foreach (var allocation in superfluous.Values)
        {
            AddressPool.Release(store, allocation.MacAddress);
        }

        void Want(DocumentPlace here, VlanConfiguration vlan, string instanceId, MacAddress address)
        {
            if (superfluous.TryGetValue(address, out var allocation)
                && allocation.VlanId == vlan.Id && string.Equals(allocation.InstanceId, instanceId, StringComparison.Ordinal) && IsInPool(vlan, address))
            {
                superfluous.Remove(address);
            }
            else
            {
                newAllocations.Add((here, vlan.Id, instanceId, address));
            }
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
            });
            return;
        }

        var added = MacRangeSet.Subtract(vlan.Ranges, existing.Ranges);
        bool sameName = string.Equals(vlan.Name, existing.Name, StringComparison.Ordinal);
        if (added.Count > 0 || !sameName || vlan.DefaultAction != existing.DefaultAction || vlan.ReuseDelay != existing.ReuseDelay)
        {
            VlanCatalog.Change(store, vlan.Id, new VlanChange
            {
                Name = sameName ? null : vlan.Name,
                DefaultAction = vlan.DefaultAction == existing.DefaultAction ? null : vlan.DefaultAction,
                ReuseDelay = vlan.ReuseDelay == existing.ReuseDelay ? null : vlan.ReuseDelay,
                AddRanges = added,
            });
        }
    }

    private void Allocate()
    {
        // The addresses that the document names go first, so that a choice of the pool cannot take one.
        foreach (var wanted in newAllocations.OrderBy(wanted => wanted.Address is null))
        {
            place = wanted.Place;
            if (wanted.Address is { } address)
            {
                AddressPool.Allocate(store, wanted.VlanId, wanted.InstanceId, address, evenIfResting: true);
            }
            else
            {
                AddressPool.Allocate(store, wanted.VlanId, wanted.InstanceId);
            }
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

    private static bool IsInPool(VlanConfiguration vlan, MacAddress address) => vlan.Ranges.Any(range => range.Contains(address));
}
