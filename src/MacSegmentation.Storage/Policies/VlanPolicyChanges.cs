using MacSegmentation.Policies;

namespace MacSegmentation.Stores.Policies;

/// <summary>What has happened to one VLAN's policies since a snapshot.</summary>
internal sealed class VlanPolicyChanges
{
    private readonly List<MacPolicy> written = [];
    private readonly HashSet<long> removed = [];

    public void Write(MacPolicy policy) => written.Add(policy);

    public void Remove(long policyId) => removed.Add(policyId);

    /// <summary>The list as it is now, ascending, from the ascending list as it was.</summary>
    public MacPolicy[] ApplyTo(ReadOnlySpan<MacPolicy> before)
    {
        SortWritten();
        if (before.IsEmpty)
        {
            return [.. written];
        }

        // A policy that was written anew leaves its old place.
        var leaving = new HashSet<long>(removed);
        leaving.UnionWith(written.Select(policy => policy.PolicyId));

        var merged = new List<MacPolicy>(before.Length + written.Count);
        int next = 0;
        foreach (var policy in before)
        {
            while (next < written.Count && written[next].Order < policy.Order)
            {
                merged.Add(written[next++]);
            }

            if (!leaving.Contains(policy.PolicyId))
            {
                merged.Add(policy);
            }
        }

        merged.AddRange(written[next..]);
        return [.. merged];
    }

    private void SortWritten()
    {
        // Rows come by age, which mostly is the order of the list too.
        for (int i = 1; i < written.Count; i++)
        {
            if (written[i - 1].Order > written[i].Order)
            {
                written.Sort(static (left, right) => left.Order.CompareTo(right.Order));
                return;
            }
        }
    }
}
