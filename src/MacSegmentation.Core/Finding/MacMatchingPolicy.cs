using MacSegmentation.Policies;

namespace MacSegmentation.Finding;

/// <summary>A policy that matches an address.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Matches">As what it matches the address.</param>
public sealed record MacMatchingPolicy(MacPolicy Policy, PolicySide Matches)
{
    /// <summary>The policy with its VLAN, and as what it matches, such as <c>VLAN 10 10: 00:1a:2b:00:00:00/24 -> * Deny (Source)</c>.</summary>
    public override string ToString() => $"VLAN {Policy.VlanId} {Policy} ({Matches})";
}
