using System.Management.Automation;

namespace MacSegmentation.Policies;

/// <summary>What is told of policies that were placed among others.</summary>
internal static class PlacementText
{
    /// <summary>Warns that others have another order now: whoever names policies by it would mean the wrong one.</summary>
    public static void TellOf(this Cmdlet cmdlet, PlacedPolicy placed)
    {
        if (placed.Shifted is [var first, ..])
        {
            var last = placed.Shifted[^1];
            cmdlet.WriteWarning(placed.Shifted.Count == 1
                ? $"The policy with order {first.Order - 1} of VLAN {first.VlanId} made room and has order {first.Order} now. Reset-MacPolicyOrder {first.VlanId} makes room between all."
                : $"The policies with orders {first.Order - 1} to {last.Order - 1} of VLAN {first.VlanId} made room and have orders {first.Order} to {last.Order} now. Reset-MacPolicyOrder {first.VlanId} makes room between all.");
        }
    }
}
