using MacSegmentation.Units;

namespace MacSegmentation.SecurityGroups;

/// <summary>
/// A security group. A port whose interface is in at least one group lets in to its machine only what a rule of one of its groups admits;
/// what its machine sends is held to the Outbound rules as soon as one of its groups has such a rule.
/// </summary>
public sealed record MacSecurityGroup
{
    /// <summary>Its name, unique in the store without regard to case; 1 to 64 characters without wildcards.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for, at most 256 characters; may be empty.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>True if replies to an admitted flow need a rule of their own.</summary>
    public bool IsStateless { get; init; }

    /// <summary>Its rules, by ascending number.</summary>
    public IReadOnlyList<MacSecurityGroupRule> Rule { get; init => field = TextList.Of<MacSecurityGroupRule>(value); } = TextList.Of<MacSecurityGroupRule>([]);

    /// <summary>Names of its members, ascending.</summary>
    public IReadOnlyList<string> Member { get; init => field = TextList.Of<string>(value); } = TextList.Of<string>([]);
}
