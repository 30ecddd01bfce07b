using MacSegmentation.Documents;
using MacSegmentation.Vlans;

namespace MacSegmentation.Policies;

/// <summary>Which policies go and are made.</summary>
/// <param name="store">The transaction.</param>
/// <param name="cursor">Where in the document work is being done.</param>
/// <param name="lists">The policies of each VLAN of the document.</param>
internal sealed class PolicyPart(IPolicyWriter store, DocumentCursor cursor, IReadOnlyList<VlanItems<PolicyConfiguration>> lists) : IDocumentPart
{
    private readonly List<Wanted> added = [];

    /// <inheritdoc/>
    public void Clear()
    {
        foreach (var (vlanId, policies) in lists)
        {
            var existing = store.ListPolicies(vlanId).ToDictionary(policy => policy.Order);
            int before = 0;
            cursor.ForEach(policies, policy =>
            {
                before = policy.Order ?? PolicyList.OrderAfter(vlanId, before);
                var wanted = policy.ToPolicy(vlanId, before);
                if (existing.TryGetValue(before, out var held) && held == wanted with { PolicyId = held.PolicyId })
                {
                    existing.Remove(before);
                    cursor.Advance();
                }
                else
                {
                    added.Add(new Wanted(cursor.Place!, wanted));
                }
            });

            foreach (var superfluous in existing.Values)
            {
                PolicyList.Remove(store, superfluous.PolicyId);
            }
        }
    }

    /// <inheritdoc/>
    public void Complete()
    {
        foreach (var (place, policy) in added)
        {
            cursor.Place = place;
            cursor.Advance();
            PolicyList.AddAt(store, policy);
        }
    }

    /// <summary>A policy that the document has and the store has not.</summary>
    private sealed record Wanted(DocumentPlace Place, MacPolicy Policy);
}
