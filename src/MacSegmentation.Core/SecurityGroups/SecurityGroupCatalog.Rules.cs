using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Errors;

namespace MacSegmentation.SecurityGroups;

public static partial class SecurityGroupCatalog
{
    /// <summary>Adds a rule to a group.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="request">What it is made from; ports that overlap or touch are joined.</param>
    /// <returns>The rule as stored.</returns>
    /// <exception cref="MacSegmentationException">
    /// InvalidSecurityGroupName, SecurityGroupNotFound, PortsNeedTcpOrUdp, InvalidPortRange, RemoteTwice, InvalidRemoteAddress,
    /// ProtocolFamilyMismatch, SecurityGroupRuleExists.
    /// </exception>
    public static MacSecurityGroupRule AddRule(ISecurityGroupWriter store, RuleRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        string groupName = GetName(store, request.GroupName);
        var rule = MakeRule(request) with { GroupName = groupName };
        if (rule.RemoteGroup is { } remote)
        {
            rule = rule with { RemoteGroup = store.FindSecurityGroupName(ValidateName(remote)) ?? throw NotFound($"The remote security group '{remote}'", remote) };
        }

        if (store.ListSecurityGroupRules(groupName).FirstOrDefault(other => IsSame(other, rule)) is { } same)
        {
            throw new MacSegmentationException(
                "SecurityGroupRuleExists",
                MacErrorKind.AlreadyExists,
                $"Security group '{groupName}' has the rule '{rule}' already, with number {same.RuleId}. Leave it, or give another rule.",
                rule);
        }

        rule = store.InsertSecurityGroupRule(rule);
        store.AppendAudit(new AuditEntry(AuditAction.AddSecurityGroupRule, NoVlan, rule.ToString(), $"to security group '{groupName}'"));
        return rule;
    }

    /// <summary>The rule that a request asks for, as it would be stored but for the spelling of the groups' names.</summary>
    /// <exception cref="MacSegmentationException">PortsNeedTcpOrUdp, InvalidPortRange, RemoteTwice, InvalidRemoteAddress, ProtocolFamilyMismatch.</exception>
    internal static MacSecurityGroupRule MakeRule(RuleRequest request)
    {
        if (request.Port.Count > 0 && !request.Protocol.HasPorts)
        {
            throw new MacSegmentationException(
                "PortsNeedTcpOrUdp",
                MacErrorKind.InvalidArgument,
                $"A rule for protocol {request.Protocol} cannot name ports. Give -Protocol Tcp or Udp with them, or leave the ports out.",
                request.Protocol);
        }

        if (request.RemoteAddress is not null && request.RemoteGroup is not null)
        {
            throw new MacSegmentationException(
                "RemoteTwice",
                MacErrorKind.InvalidArgument,
                $"A rule names its other side once, and this one names {request.RemoteAddress} and group '{request.RemoteGroup}'. Leave one out, or add two rules.",
                request.RemoteGroup);
        }

        var rule = new MacSecurityGroupRule
        {
            GroupName = request.GroupName,
            Direction = request.Direction,
            Protocol = request.Protocol,
            Port = PortRanges.Join(request.Port),
            RemoteAddress = request.RemoteAddress is { } text ? ParseRemote(text) : null,
            RemoteGroup = request.RemoteGroup,
        };
        RequireFamily(rule);
        return rule;
    }

    /// <summary>The rule.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="ruleId">Its number.</param>
    /// <exception cref="MacSegmentationException">SecurityGroupRuleNotFound.</exception>
    public static MacSecurityGroupRule GetRule(ISecurityGroupReader store, long ruleId)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.FindSecurityGroupRule(ruleId) ?? throw new MacSegmentationException(
            "SecurityGroupRuleNotFound",
            MacErrorKind.NotFound,
            $"Security group rule {ruleId} does not exist. List the rules with Get-MacSecurityGroupRule.",
            ruleId);
    }

    /// <summary>Removes a rule.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="ruleId">Its number.</param>
    /// <returns>The rule as it was.</returns>
    /// <exception cref="MacSegmentationException">SecurityGroupRuleNotFound.</exception>
    public static MacSecurityGroupRule RemoveRule(ISecurityGroupWriter store, long ruleId)
    {
        var rule = GetRule(store, ruleId);
        store.DeleteSecurityGroupRule(ruleId);
        store.AppendAudit(new AuditEntry(AuditAction.RemoveSecurityGroupRule, NoVlan, rule.ToString(), $"from security group '{rule.GroupName}'"));
        return rule;
    }

    private static IPNetwork ParseRemote(string text)
    {
        if (IpText.TryParse(text, out var host))
        {
            return new IPNetwork(host, IpText.Bits(host));
        }

        if (!IpText.TryParsePrefix(text, out var address, out int prefixLength))
        {
            throw InvalidRemote($"'{text}' is not an address or a prefix. Give one such as 10.0.0.5, 10.0.0.0/24 or fd00::/64.", text);
        }

        // Whoever sets bits below the prefix has other addresses in mind than those that the prefix gives.
        var prefix = IpNumber.ToAddress(IpNumber.From(address) & IpNumber.Mask(IpNumber.PrefixLength(address.AddressFamily, prefixLength)));
        return prefix.Equals(address)
            ? new IPNetwork(address, prefixLength)
            : throw InvalidRemote($"'{text}' has bits set below its prefix length. Give {prefix}/{prefixLength}, or {address} alone.", text);
    }

    private static MacSegmentationException InvalidRemote(string message, string text) => new("InvalidRemoteAddress", MacErrorKind.InvalidArgument, message, text);

    private static void RequireFamily(MacSecurityGroupRule rule)
    {
        if (rule.RemoteAddress is { } remote && rule.Protocol == (IpText.Bits(remote.BaseAddress) == 32 ? IpProtocol.IcmpV6 : IpProtocol.Icmp))
        {
            throw new MacSegmentationException(
                "ProtocolFamilyMismatch",
                MacErrorKind.InvalidArgument,
                $"{rule.Protocol} never comes with {remote}. Give -Protocol {(rule.Protocol == IpProtocol.Icmp ? IpProtocol.IcmpV6 : IpProtocol.Icmp)}, or an address of the other family.",
                rule.Protocol);
        }
    }

    /// <summary>True if two rules of one group say the same.</summary>
    internal static bool IsSame(MacSecurityGroupRule left, MacSecurityGroupRule right) =>
        left.Direction == right.Direction
        && left.Protocol == right.Protocol
        && left.RemoteAddress.Equals(right.RemoteAddress)
        && AreSame(left.RemoteGroup, right.RemoteGroup)
        && left.Port.SequenceEqual(right.Port);
}
