using MacSegmentation.Errors;
using MacSegmentation.Policies;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.PolicyExport;

/// <summary>Writes the MAC policies of VLANs for other enforcement points. What is written decides as the lists do, or is refused; what a target has no word for is said.</summary>
public static class PolicyExporter
{
    /// <summary>Writes the policies of a store's VLANs.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="request">What is to be written.</param>
    /// <exception cref="MacSegmentationException">
    /// InvalidVlanId, VlanNotFound; NothingToExport: the store has no VLAN; and what <see cref="Write"/> throws.
    /// </exception>
    public static MacPolicyExport Export(IStoreReader store, PolicyExportRequest request)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        MacVlan[] vlans = request.VlanIds.Count == 0 ? [.. store.ListVlans()] : [.. request.VlanIds.Distinct().Order().Select(vlanId => VlanCatalog.Get(store, vlanId))];
        if (vlans.Length == 0)
        {
            throw new MacSegmentationException("NothingToExport", MacErrorKind.NotFound, "The store has no VLAN, so there are no policies to export. Create one with New-MacVlan.");
        }

        return Write(
            [.. vlans.Select(vlan => InForce(store, vlan))],
            request,
            [.. Expiries(store, vlans), .. OtherConcepts(store, vlans)]);
    }

    /// <summary>Writes lists of policies.</summary>
    /// <param name="vlans">The VLANs, by ascending id.</param>
    /// <param name="request">What is to be written; the VLANs that it names are not looked at.</param>
    /// <param name="limits">What is known already not to be expressed.</param>
    /// <exception cref="MacSegmentationException">
    /// OneVlanNeeded: several VLANs, where frames have no tag or for an adapter of Hyper-V; AdapterNeeded, AdapterNotWanted: an adapter is given for Hyper-V, and for nothing else;
    /// PolicyNotExpressible: the target cannot decide as the list does; TooManyPolicies: a VLAN has more policies than OpenFlow has priorities.
    /// </exception>
    internal static MacPolicyExport Write(IReadOnlyList<ExportedVlan> vlans, PolicyExportRequest request, params IReadOnlyList<string> limits)
    {
        ArgumentNullException.ThrowIfNull(vlans);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(limits);
        bool isHyperV = request.Format == PolicyExportFormat.HyperV;
        if ((request.Untagged || isHyperV) && vlans.Count != 1)
        {
            throw new MacSegmentationException(
                "OneVlanNeeded",
                MacErrorKind.InvalidArgument,
                $"{(isHyperV ? "An adapter of Hyper-V is in one VLAN" : "Frames without a tag are of one VLAN")}, and {vlans.Count} are to be exported. Give one VLAN.");
        }

        if (isHyperV && request.Adapter is null)
        {
            throw HyperVAdapter.Incomplete();
        }

        if (!isHyperV && request.Adapter is not null)
        {
            throw new MacSegmentationException(
                "AdapterNotWanted", MacErrorKind.InvalidArgument, $"{request.Format} rules hold for a whole switch, not for a virtual machine's adapter. Leave out what names one, or export for HyperV.");
        }

        var decisions = vlans.SelectMany(vlan => vlan.List.Policies.ToArray().Select(policy => policy.Action).Append(vlan.List.DefaultAction));
        string[] said = [.. limits, .. decisions.Contains(PolicyAction.Deny) ? [SilenceOf(request.Format)] : Array.Empty<string>()];
        return new(
            request.Format switch
            {
                PolicyExportFormat.Nftables => NftablesRuleset.Write(vlans, request.Untagged, said),
                PolicyExportFormat.OpenFlow => OpenFlowTable.Write(vlans, request.Untagged, said),
                PolicyExportFormat.HyperV => HyperVScript.Write(vlans[0], request.Untagged, request.Adapter!, said),
                _ => throw new ArgumentOutOfRangeException(nameof(request), request.Format, "There is no such format."),
            },
            said);
    }

    /// <summary>What is disabled or has expired decides nothing here, and so is not written.</summary>
    private static ExportedVlan InForce(IStoreReader store, MacVlan vlan) => new(
        vlan.Name, new VlanPolicies(vlan.VlanId, vlan.DefaultAction, [.. store.ListPolicies(vlan.VlanId).Where(policy => policy.IsInForceAt(store.Now))]));

    private static IEnumerable<string> Expiries(IStoreReader store, MacVlan[] vlans) => vlans.SelectMany(vlan => store.ListPolicies(vlan.VlanId)
        .Where(policy => policy.IsInForceAt(store.Now) && policy.ExpiresAt is not null)
        .Select(policy => $"The policy with order {policy.Order} of VLAN {vlan.VlanId} expires {policy.ExpiresAt:u}; what is exported does not. Export again then."));

    private static string SilenceOf(PolicyExportFormat format) => format == PolicyExportFormat.HyperV
        ? "Deny and Drop are the same to Hyper-V: both discard, and nothing is reported as a denial event."
        : "Deny and Drop are the same there: both discard in silence, and nothing is reported as a denial event.";

    private static IEnumerable<string> OtherConcepts(IStoreReader store, MacVlan[] vlans)
    {
        foreach (var vlan in vlans.Where(vlan => vlan.ArpResponder))
        {
            yield return $"The ARP responder of VLAN {vlan.VlanId} is not exported: requests are forwarded instead of answered, where the policies allow them.";
        }

        int policies = store.ListPartitions().Sum(partition => partition.Policy.Count);
        if (policies > 0)
        {
            yield return $"Partitions are not exported: their {(policies == 1 ? "policy holds" : $"{policies} policies hold")} only where macseg forwards. Frames that no MAC policy decides get the VLAN's default action.";
        }

        if (vlans.Any(vlan => store.ListInterfacesAfter(string.Empty, vlan.VlanId, limit: 1).Count > 0))
        {
            yield return "Interface records are not exported: port security and the rules of security groups hold only where macseg forwards.";
        }
    }
}
