namespace MacSegmentation.Configuration;

/// <summary>A security group of the declarative document; its members name it.</summary>
public sealed record SecurityGroupConfiguration
{
    /// <summary>Its name, unique in the document without regard to case; 1 to 64 characters without wildcards.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for, at most 256 characters; may be empty.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>True if replies to an admitted flow need a rule of their own.</summary>
    public bool IsStateless { get; init; }

    /// <summary>Its rules, in any order.</summary>
    public IReadOnlyList<SecurityGroupRuleConfiguration> Rules { get; init; } = [];
}
