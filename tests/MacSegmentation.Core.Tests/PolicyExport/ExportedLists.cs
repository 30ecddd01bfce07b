using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.Policies;
using MacSegmentation.Verdicts;

namespace MacSegmentation.PolicyExport;

/// <summary>Lists of policies, and the frames that they are asked about.</summary>
internal static class ExportedLists
{
    public const int Vlan = 10;

    private static readonly PolicyAction[] Actions = [PolicyAction.Allow, PolicyAction.Deny, PolicyAction.Drop];

    /// <summary>Lists that crowd a few addresses, with every kind of pattern.</summary>
    public static Gen<ExportedVlan> Any { get; } = Lists(Generators.CrowdedPattern, Generators.CrowdedPattern, most: 30);

    public static Gen<(MacAddress Source, MacAddress Destination)[]> Frames { get; } =
        Gen.Zip(Generators.CrowdedAddress, Generators.CrowdedAddress).ArrayOf(40).Select(frames => frames.Select(frame => (frame.Item1, frame.Item2)).ToArray());

    public static Gen<ExportedVlan> Lists(Gen<MacPattern> sources, Gen<MacPattern> destinations, int most) =>
        from count in Gen.Choose(0, most)
        from matches in Gen.Zip(sources, destinations).ArrayOf(count)
        from actions in Gen.Elements(Actions).ArrayOf(count)
        from defaultAction in Gen.Elements(Actions)
        select Vlans(defaultAction, [.. matches.Zip(actions, (match, action) => (match.Item1, match.Item2, action))]);

    public static ExportedVlan Vlans(PolicyAction defaultAction, params (MacPattern Source, MacPattern Destination, PolicyAction Action)[] policies) => new(
        "cameras",
        new VlanPolicies(Vlan, defaultAction, [.. policies.Select((policy, i) => new MacPolicy
        {
            VlanId = Vlan,
            Order = (i + 1) * 10,
            SourceAddress = policy.Source,
            DestinationAddress = policy.Destination,
            Action = policy.Action,
        })]));

    public static ExportedVlan Of(PolicyAction defaultAction, params (string Source, string Destination, PolicyAction Action)[] policies) =>
        Vlans(defaultAction, [.. policies.Select(policy => (MacPattern.Parse(policy.Source), MacPattern.Parse(policy.Destination), policy.Action))]);

    /// <summary>What the list says, by the plain walk over it.</summary>
    public static bool IsAllowed(ExportedVlan vlan, MacAddress source, MacAddress destination) => vlan.List.FindByWalk(source, destination) is >= 0 and var index
        ? vlan.List.Policies[index].Action == PolicyAction.Allow
        : vlan.List.DefaultAction == PolicyAction.Allow;

    /// <summary>The text without its comments and what was only before them.</summary>
    public static string[] Statements(string text) =>
        [.. text.Split('\n').Select(line => (line.IndexOf('#', StringComparison.Ordinal) is >= 0 and var at ? line[..at] : line).Trim()).Where(line => line.Length > 0)];
}
