using MacSegmentation.Documents;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Naming;

namespace MacSegmentation.SecurityGroups;

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

    /// <summary>Its members in the document.</summary>
    internal static DocumentObject<SecurityGroupConfiguration> Document { get; } = new DocumentObject<SecurityGroupConfiguration>("securityGroup", "a security group", new() { Name = string.Empty })
        .Required("name", "Its name, unique in the document whatever its case.", RecordName.Type, group => group.Name, (group, name) => group with { Name = name }, "InvalidSecurityGroupName")
        .Optional(
            "description",
            "What it is for.",
            new TextType { MaxLength = 256 },
            group => group.Description,
            (group, description) => group with { Description = description },
            "InvalidSecurityGroupDescription")
        .Optional(
            "stateless",
            "Whether replies to an admitted flow need a rule of their own.",
            FlagType.Instance,
            group => group.IsStateless,
            (group, isStateless) => group with { IsStateless = isStateless })
        .List(
            "rules",
            "Its rules, in any order. What none of them admits does not reach a member; what a member sends is held to them as soon as one of them is Outbound.",
            SecurityGroupRuleConfiguration.Document,
            group => group.Rules,
            (group, rules) => group with { Rules = rules });

    /// <summary>What a document says of a store's group.</summary>
    internal static SecurityGroupConfiguration Of(MacSecurityGroup group) => new()
    {
        Name = group.Name,
        Description = group.Description,
        IsStateless = group.IsStateless,
        Rules = [.. group.Rule.OrderBy(rule => rule.ToString(), StringComparer.Ordinal).Select(SecurityGroupRuleConfiguration.Of)],
    };
}
