using MacSegmentation.Addressing;
using MacSegmentation.Documents;
using MacSegmentation.Errors;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.Configuration;

/// <summary>Which VLANs go, are made and are changed.</summary>
/// <param name="store">The transaction.</param>
/// <param name="cursor">Where in the document work is being done.</param>
/// <param name="vlans">The VLANs of the document.</param>
internal sealed class VlanPart(IStoreWriter store, DocumentCursor cursor, DocumentList<VlanSettings> vlans) : IDocumentPart
{
    /// <inheritdoc/>
    public void Check()
    {
        var first = new Dictionary<int, DocumentPlace>();
        cursor.ForEach(vlans, vlan => cursor.RequireFirst(first, vlan.Id, "id", $"VLAN {vlan.Id}"));
    }

    /// <summary>Removes what the document does not have, if the ranges of what it has can be.</summary>
    public void Clear()
    {
        cursor.ForEach(vlans, vlan => VlanCatalog.ValidateRanges(vlan.Ranges));
        var kept = vlans.Items.Select(vlan => vlan.Id).ToHashSet();
        foreach (var vlan in store.ListVlans().Where(vlan => !kept.Contains(vlan.VlanId)))
        {
            VlanCatalog.GetRemovable(store, vlan.VlanId, force: true);
            RequireNoDevice(vlan);
            VlanCatalog.Remove(store, vlan.VlanId, force: true);
        }
    }

    /// <summary>A document decides about what it can hold, not about devices that have got their addresses by handle.</summary>
    private void RequireNoDevice(MacVlan vlan)
    {
        var held = store.ListAllocations(vlan.VlanId).Where(allocation => allocation.Handle.Length > 0).ToList();
        if (held is [var first, ..])
        {
            string others = held.Count == 1 ? string.Empty : held.Count == 2 ? " and another handle" : $" and {held.Count - 1} other handles";
            throw new MacSegmentationException(
                "VlanInUse",
                MacErrorKind.InUse,
                $"VLAN {vlan.VlanId} is not in the document, and the handle '{first.Handle}'{others} {(held.Count == 1 ? "holds an address" : "hold addresses")} of it, such as {first.MacAddress}. "
                    + $"Leave the VLAN in the document, or take the addresses back first with Get-MacHandle -VlanId {vlan.VlanId} | Revoke-MacHandle.",
                vlan.VlanId);
        }
    }

    /// <summary>Takes ranges away: another VLAN may get them.</summary>
    public void Release() => cursor.ForEach(vlans, vlan =>
    {
        if (store.FindVlan(vlan.Id) is { } existing && MacRangeSet.Subtract(existing.Ranges, vlan.Ranges) is { Count: > 0 } removed)
        {
            VlanCatalog.Change(store, vlan.Id, new VlanChange { RemoveRanges = removed });
        }
    });

    /// <inheritdoc/>
    public void Make() => cursor.ForEach(vlans, vlan =>
    {
        if (store.FindVlan(vlan.Id) is { } existing)
        {
            VlanCatalog.Change(store, vlan.Id, new VlanChange
            {
                Name = string.Equals(vlan.Name, existing.Name, StringComparison.Ordinal) ? null : vlan.Name,
                DefaultAction = vlan.DefaultAction == existing.DefaultAction ? null : vlan.DefaultAction,
                ReuseDelay = vlan.ReuseDelay == existing.ReuseDelay ? null : vlan.ReuseDelay,
                ArpResponder = vlan.ArpResponder == existing.ArpResponder ? null : vlan.ArpResponder,
                AdmitsOutOfPoolAddresses = vlan.OutOfPoolAddresses == existing.AdmitsOutOfPoolAddresses ? null : vlan.OutOfPoolAddresses,
                AddRanges = MacRangeSet.Subtract(vlan.Ranges, existing.Ranges),
            });
        }
        else
        {
            VlanCatalog.Create(store, vlan.ToVlan());
        }
    });
}
