namespace MacSegmentation.Configuration;

/// <summary>A kind of object in the document and the members that it can have. The published schema says the same, which a test proves.</summary>
/// <param name="Noun">What the object is called in errors.</param>
/// <param name="Required">The members that it must have.</param>
/// <param name="Optional">The members that it may have.</param>
internal sealed record DocumentObject(string Noun, string[] Required, string[] Optional)
{
    /// <summary>The document itself.</summary>
    public static DocumentObject Root { get; } = new("the document", ["vlans"], ["securityGroups", "$schema"]);

    /// <summary>A VLAN.</summary>
    public static DocumentObject Vlan { get; } = new(
        "a VLAN", ["id"], ["name", "ranges", "defaultAction", "reuseDelay", "arpResponder", "foreignAddresses", "allocations", "policies", "interfaces"]);

    /// <summary>An allocation.</summary>
    public static DocumentObject Allocation { get; } = new("an allocation", ["instanceId"], ["macAddress"]);

    /// <summary>A policy.</summary>
    public static DocumentObject Policy { get; } = new("a policy", ["source", "destination", "action"], ["order"]);

    /// <summary>An interface record.</summary>
    public static DocumentObject Interface { get; } = new(
        "an interface",
        ["name"],
        ["macAddress", "ipAddresses", "instanceId", "portSecurity", "dhcpGuard", "routerGuard", "arpRateLimit", "addressPairs", "securityGroups"]);

    /// <summary>An allowed address pair.</summary>
    public static DocumentObject AddressPair { get; } = new("an address pair", ["ipAddress"], ["macAddress"]);

    /// <summary>A security group.</summary>
    public static DocumentObject SecurityGroup { get; } = new("a security group", ["name"], ["description", "stateless", "rules"]);

    /// <summary>A rule of a security group.</summary>
    public static DocumentObject SecurityGroupRule { get; } = new(
        "a security group rule", ["direction", "protocol"], ["ports", "remoteAddress", "remoteGroup"]);

    /// <summary>All members, the required ones first.</summary>
    public string[] Members { get; } = [.. Required, .. Optional];
}
