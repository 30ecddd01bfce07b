using MacSegmentation.Addressing;
using MacSegmentation.Policies;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Enforcement;

/// <summary>Decision tables for tests.</summary>
internal static class Tables
{
    public static readonly DecisionTable Empty = Compile(1);

    /// <summary>A table of VLANs, each with its default action and its policies as "source destination action", ordered as they stand.</summary>
    public static DecisionTable Compile(long revision, params (int Vlan, PolicyAction Default, string[] Policies)[] vlans) =>
        Compile(revision, PolicyAction.Allow, vlans);

    public static DecisionTable Compile(
        long revision, PolicyAction unknownVlan, params (int Vlan, PolicyAction Default, string[] Policies)[] vlans) =>
        DecisionTable.Compile(
            new ConfigurationSnapshot(revision, [.. vlans.Select(vlan => new VlanPolicies(vlan.Vlan, vlan.Default, Policies(vlan.Vlan, vlan.Policies)))]),
            unknownVlan);

    private static MacPolicy[] Policies(int vlan, string[] lines) =>
    [
        .. lines.Select((line, index) =>
        {
            string[] parts = line.Split(' ');
            return new MacPolicy
            {
                PolicyId = (vlan * 1000) + index + 1,
                VlanId = vlan,
                Order = index + 1,
                SourceAddress = MacPattern.Parse(parts[0]),
                DestinationAddress = MacPattern.Parse(parts[1]),
                Action = Enum.Parse<PolicyAction>(parts[2]),
            };
        }),
    ];
}
